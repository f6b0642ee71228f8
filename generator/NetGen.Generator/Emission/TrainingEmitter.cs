using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Emission;

/// <summary>Emits the file for training: sizes, the choice of kernels, and offsets. <see cref="TrainingShards"/> emits the work itself.</summary>
internal sealed class TrainingEmitter(CodeWriter code, NetworkPlan plan)
{
    private readonly NetworkGraph _graph = plan.Training;
    private readonly TrainingMemory _memory = plan.TrainingMemory;
    private readonly TrainingWork _work = plan.TrainingWork;

    public static CodeWriter Write(NetworkPlan plan, PassKernels kernels, KernelTable table) => SourceFile.WriteOwn(
        plan.Model,
        code =>
        {
            TrainingEmitter emitter = new(code, plan);
            emitter.Sizes();
            MemoryNames activations = new("Activation");
            MemoryNames workspace = new("Workspace");
            new TrainingShards(code, plan, kernels, new KernelCalls(kernels, table), new TrainingArguments(plan, activations, workspace)).Write();
            emitter.Activations(activations);
            emitter.Workspace(workspace);
            emitter.Offsets("Packed", "The offsets of the packed weights, which are transposed, and for convolutions also flipped.", plan.BackwardPreparations.Names);
            emitter.Offsets("Panel", "The offsets of the packed panels, in floats for one sample.", emitter._work.WholeBatch.SelectMany(placed => new[]
            {
                (placed.Gradient.Operation.Name + "Inputs", placed.Offset),
                (placed.Gradient.Operation.Name + "Gradient", placed.OutputOffset),
            }));
            emitter.Offsets("Batch", "The offsets of values that are reduced over the batch, in floats.", plan.Reductions.Names);
        });

    private void Sizes()
    {
        code.Line("/// <summary>The sizes of training, and the choice of kernels.</summary>");
        code.Line(SourceFile.Hidden);
        using (code.Open("internal static class Training"))
        {
            code.Line(Invariant($"internal const int InputLength = {plan.Model.Input.Length};"));
            code.Line(Invariant($"internal const int ActivationsLength = {_memory.ActivationsLength};"));
            if (plan.Reductions.Reductions.Count > 0)
            {
                code.Line(Invariant($"internal const int SumsLength = {plan.Reductions.SumsLength};"));
                code.Line(Invariant($"internal const int ShardedParameters = {plan.Parameters.ShardedCount};"));
            }

            code.Gap();
            code.Line("internal static readonly TrainingPlan Plan = new()");
            code.Line("{");
            code.Lines(Invariant($"""
                    Network = "{plan.Model.Name}",
                    Loss = Loss.{plan.Model.Loss.Kind},{LossText.Setting(plan, "Inference.Plan.LossSettings")}
                    InputLength = InputLength,
                    OutputLength = {plan.Model.Output.Length},
                    ShardSize = {_memory.ShardSize},
                    MinShards = {Sharding.MinShardsOf(_graph.Operations)},
                    MaxShards = {Sharding.MaxShards},
                    ActivationsLength = ActivationsLength,
                    TrainedParameters = {plan.Parameters.TrainedCount},
                    ShardedParameters = {plan.Parameters.ShardedCount},
                    Output = Activation.{_graph.Output.Name},
                    OutputGradient = Activation.{_graph.Output.Name}Gradient,
                """));
            code.Lines("    Activations =\n    [");
            foreach (Tensor tensor in _graph.Tensors.Where(tensor => tensor.Producer is not null && _memory.IsKept(tensor)))
            {
                string runs = tensor.Slice is null ? "" : Invariant($", run: {tensor.Shape.Channels}, step: {tensor.Layout.PixelStride}");
                code.Line(Invariant($"        new(\"{tensor.Producer!.Layers[0]}\", Activation.{tensor.Name}, {tensor.Layout.Length}{runs}),"));
            }

            code.Line("    ],");
            if (plan.Units.Operations.Count > 0)
            {
                code.Lines("    Units =\n    [");
                foreach (Operation operation in plan.Units.Operations)
                    code.Line(Invariant($"        new(\"{operation.TrackedLayer}\", {plan.Units.OffsetOf(operation)}, {operation.Output.Shape.Channels}),"));
                code.Line("    ],");
                code.Line(Invariant($"    UnitsLength = {plan.Units.Length},"));
            }

            if (_memory.WorkspaceLength > 0)
                code.Line(Invariant($"    WorkspaceLength = {_memory.WorkspaceLength},"));
            PreparationPlan backward = plan.BackwardPreparations;
            if (backward.Preparations.Count > 0)
            {
                code.Line(Invariant($"    PackedLength = {backward.Length},"));
                code.Line($"    Packings = {Groups(backward.Preparations.Select(preparation => preparation.Items))},");
                code.Line(Invariant($"    NeededPackings = {backward.NeededCount},"));
            }

            // The offsets are those of inference, whose memory begins with what training reads.
            if (plan.TrainingPreparations.Length > 0)
                code.Line(Invariant($"    PreparedLength = {plan.TrainingPreparations.Length},"));
            if (plan.Reductions.Reductions.Count > 0)
            {
                code.Line(Invariant($"    Reductions = {plan.Reductions.Reductions.Count},"));
                code.Line(Invariant($"    BatchValuesLength = {plan.Reductions.ValuesLength},"));
                code.Line("    SumsLength = SumsLength,");
                if (plan.Reductions.Reductions.FirstOrDefault(reduction => reduction.IsOfOneValue) is { } single)
                    code.Line($"    LayerOfSingleValues = \"{single.Operation.Layers[0]}\",");
            }

            if (_graph.BatchLayers.Count > 0)
            {
                code.Line($"    Layers = {Groups(_graph.BatchLayers.Select(layer => layer.Sharing!.Parts))},");
                code.Line($"    LayerGradients = {Groups(_graph.BatchLayers.Select(layer => _graph.NeedsGradient(layer.Source.Tensor) ? PanelsOf(layer) : 0))},");
                code.Line($"    LayerInputGradients = {Groups(_graph.BatchLayers.Select(PanelsOf))},");
            }

            if (_work.WholeBatch.Count > 0)
            {
                code.Line(Invariant($"    PanelsLength = {_work.PanelsLength},"));
                code.Line($"    Panels = {Groups(_work.WholeBatch.SelectMany(placed => new[] { placed.PacksInForward ? 0 : placed.RowPanels, placed.Panels }))},");
                code.Lines("    WholeBatchWeights =\n    [");
                foreach (PlacedWholeBatch placed in _work.WholeBatch)
                {
                    WholeBatchGradient gradient = placed.Gradient;
                    code.Line(Invariant($"        new(Parameter.{plan.Parameters[gradient.Weight].Identifier}, rows: {gradient.Rows}, columns: {gradient.Columns}, blocks: {placed.Blocks}),"));
                }

                code.Line("    ],");
            }

            code.Lines("""
                };

                /// <summary>Makes a training pass with the kernels for the widest vectors that this processor has.</summary>
                internal static TrainingRunner Create(ParameterMemory parameters, TrainingOptions options, string argument) =>
                """);
            string[] choices = [.. KernelsEmitter.Choose(kernels => $"new Training<{kernels}>(parameters, options, argument)")];
            for (int i = 0; i < choices.Length; i++)
                code.Line("    " + choices[i] + (i == choices.Length - 1 ? ";" : ""));
        }

        code.Line();
    }

    /// <summary>The work items of the gradient with respect to the input of a layer that is computed for the whole batch; 0 where shards compute it.</summary>
    private int PanelsOf(Operation layer) => layer.Backward(_memory).Sum(step => step.Panels);

    private static string Groups(IEnumerable<int> items) => Invariant($"new([{string.Join(", ", items)}])");

    private void Activations(MemoryNames names)
    {
        Open("Activation", "The offsets of the activations of a sample, in floats; values that are not needed at the same time may have the same offset.", () =>
        {
            foreach (Tensor tensor in _graph.Tensors)
            {
                if (!_memory.IsOfCaller(tensor))
                    names.Write(code, tensor.Name, _memory.OffsetOf(tensor), tensor.Shape.PartOf(tensor.Whole) + MemoryNames.PlaceOf(tensor), tensor.Layout);
                Buffers(tensor, names, inBackward: false);
                if (_memory.HasGradient(tensor) && _memory.IsGradientInActivations(tensor))
                    Gradient(tensor, names);
            }
        });
    }

    private void Workspace(MemoryNames names)
    {
        if (_memory.SampleWorkspaceLength == 0)
            return;
        Open("Workspace", "The offsets in the workspace of a worker, in floats.", () =>
        {
            foreach (Operation operation in _graph.Operations.Where(operation => operation.ForwardWorkspace > 0))
                names.Write(code, operation.Name + "ForwardWorkspace", _memory.WorkspaceOf(operation), "a block of tiles", default);
            foreach (Tensor tensor in _graph.Tensors)
            {
                Buffers(tensor, names, inBackward: true);
                if (_memory.HasGradient(tensor) && !_memory.IsGradientInActivations(tensor))
                    Gradient(tensor, names);
            }
        });
    }

    private void Gradient(Tensor tensor, MemoryNames names) => names.Write(code, tensor.Name + "Gradient", _memory.GradientOffsetOf(tensor), "", default);

    /// <summary>The buffers of the operation that writes a tensor.</summary>
    private void Buffers(Tensor tensor, MemoryNames names, bool inBackward)
    {
        foreach (TrainingBuffer buffer in (tensor.Producer?.Buffers ?? []).Where(buffer => buffer.InBackward == inBackward))
            names.Write(code, buffer.Name, _memory.OffsetOf(buffer), buffer.Comment, buffer.Layout);
    }

    private void Offsets(string type, string summary, IEnumerable<(string Name, int Offset)> offsets)
    {
        (string Name, int Offset)[] all = [.. offsets];
        if (all.Length == 0)
            return;
        Open(type, summary, () =>
        {
            foreach ((string name, int offset) in all)
                code.Line(Invariant($"internal const int {name} = {offset};"));
        });
    }

    private void Open(string type, string summary, Action body)
    {
        code.Gap();
        code.Line($"/// <summary>{summary}</summary>");
        code.Line(SourceFile.Hidden);
        using (code.Open($"internal static class {type}"))
            body();
    }
}
