using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>The work of a training pass: a shard forward, a shard backward, preparing weights, and gradients over the whole batch.</summary>
internal sealed class TrainingShards(
    CodeWriter code, NetworkPlan plan, PassKernels kernels, KernelTable table, MemoryNames activations, MemoryNames workspace)
{
    private const string EverySample = "for (int sample = begin; sample < end; sample++)";

    private readonly NetworkGraph _graph = plan.Training;
    private readonly TrainingMemory _memory = plan.TrainingMemory;
    private readonly TrainingWork _work = plan.TrainingWork;

    public void Write()
    {
        (string, string)[] variables =
            [("p", "Parameters"), ("packed", "PackedWeights"), ("gradients", "GradientsOf(shard)"), ("values", "ActivationsOf(begin)"), ("workspace", "WorkspaceOf(worker)")];
        code.Line("/// <summary>A training pass: images one by one through their layers, dense layers for all samples of a shard at once.</summary>");
        code.Line(SourceFile.Hidden);
        code.Line("internal sealed class Training<TKernels>(ParameterMemory parameters, TrainingOptions options, string argument)");
        using (code.Open("    : TrainingRunner(Training.Plan, parameters, options, argument) where TKernels : struct, IKernels"))
        {
            Method("void ForwardShard(ReadOnlySpan<float> inputs, int begin, int end)", Forward, [("x", "new(inputs)"), ("p", "Parameters"), ("values", "ActivationsOf(begin)")]);
            Method("void BackwardShard(int shard, int begin, int end, int worker)", body => Backward(body, toInputs: false), variables);
            Method(
                "void InputGradientShard(int shard, int begin, int end, int worker, Span<float> destination)",
                InputGradient,
                [.. variables, ("dx", "new(destination)")]);
            if (_work.Packings.Count > 0)
                Method("void PackWeights(int layer, int item)", PackWeights, [("p", "Parameters"), ("packed", "PackedWeights")]);
            if (_work.WholeBatch.Count > 0)
            {
                Method("void PackPanel(int source, int panel)", PackPanel, [("batch", "ActivationsOf(0)")]);
                Method("void WholeBatchGradient(int layer, int item)", WholeBatchGradient, [("gradients", "BatchGradients")]);
            }
        }
    }

    private void Method(string signature, Action<CodeWriter> body, (string Name, string Value)[] variables)
    {
        code.Gap();
        using (code.Open("protected override " + signature))
        {
            CodeWriter writer = code.Part();
            body(writer);
            string text = writer.ToString();
            InferenceEmitter.Declare(code, text, variables);
            code.Append(text);
        }
    }

    private void Forward(CodeWriter body)
    {
        if (_graph.Segments[0].TakesAllSamples)
            ForwardBySample(body, [], copies: true);
        foreach (Segment segment in _graph.Segments)
        {
            if (segment.TakesAllSamples)
                Call(body, kernels.Forward(segment.Operations[0]), operand => Argument(operand, "values"));
            else
                ForwardBySample(body, segment.Operations, copies: segment == _graph.Segments[0]);
        }
    }

    private void ForwardBySample(CodeWriter body, IReadOnlyList<Operation> operations, bool copies)
    {
        body.Gap();
        using (body.Open(EverySample))
        {
            body.Line("FloatRef sampleValues = ActivationsOf(sample);");
            if (copies)
            {
                InferenceEmitter.CopyInput(
                    body, _graph.Input.Layout, "ref x[(nint)sample * Training.InputLength]",
                    Argument(new ValuesOf(_graph.Input, _graph.Input.Layout.Origin), "sampleValues"));
            }

            foreach (Operation operation in operations)
                CallForSample(body, operation, kernels.Forward(operation), toCaller: null);
        }

        body.Gap();
    }

    /// <summary>Calls a kernel for one sample.</summary>
    /// <param name="body">Where the code goes.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="toCaller">In backward, the tensor whose gradient goes to the caller's memory; null in forward.</param>
    private void CallForSample(CodeWriter body, Operation operation, Kernel kernel, Tensor? toCaller) => Call(body, kernel, operand => operand switch
    {
        MaskKey => $"MaskKey(Mask.{operation.Name}, sample)",
        SampleCount => "1",
        FirstSample => "sample",
        GradientOf { Tensor: var tensor } when tensor == toCaller && !_memory.CopiesInputGradient =>
            "ref dx[(nint)sample * Training.InputLength]",
        _ => Argument(operand, "sampleValues"),
    });

    private void Backward(CodeWriter body, bool toInputs)
    {
        foreach (Segment segment in _graph.Segments.Reverse())
        {
            Operation[] operations = [.. segment.Operations.Reverse().Where(operation => toInputs || _graph.NeedsGradient(operation.Output))];
            if (operations.Length == 0)
                continue;
            if (segment.TakesAllSamples)
            {
                foreach (GradientStep step in Steps(operations[0], toInputs))
                    AllSamples(body, operations[0], step, toInputs);
                continue;
            }

            body.Gap();
            using (body.Open(EverySample))
            {
                body.Line("FloatRef sampleValues = ActivationsOf(sample);");
                foreach (Operation operation in operations)
                {
                    foreach (GradientStep step in Steps(operation, toInputs))
                        CallForSample(body, operation, step.Kernel, _graph.Input);
                }
            }

            body.Gap();
        }
    }

    private void AllSamples(CodeWriter body, Operation operation, GradientStep step, bool toInputs)
    {
        if (!toInputs || step.Tensor != _graph.Input || _memory.CopiesInputGradient)
        {
            Call(body, step.Kernel, operand => Argument(operand, "values"));
            return;
        }

        // The caller's samples lie closer to one another than those of the pass.
        body.Gap();
        using (body.Open(EverySample))
        {
            body.Line("FloatRef sampleValues = ActivationsOf(sample);");
            CallForSample(body, operation, step.Kernel, _graph.Input);
        }
    }

    private void InputGradient(CodeWriter body)
    {
        Backward(body, toInputs: true);
        if (!_memory.CopiesInputGradient)
            return;
        body.Gap();
        using (body.Open(EverySample))
        {
            int length = plan.Model.Input.Length;
            body.Line("FloatRef sampleValues = ActivationsOf(sample);");
            body.Line(Invariant($"dx.From((nint)sample * Training.InputLength).Copy({Argument(new GradientOf(_graph.Input), "sampleValues")}, lines: 1, length: {length}, stride: {length});"));
        }
    }

    private void PackWeights(CodeWriter body) => Switch(body, "layer", _work.Packings.Select<PackedWeights, (string, Action)>(packed => (
        packed.Operation.LayerText,
        () => body.Line(packed.Packing.Call(InferenceEmitter.Parameter(plan, packed.Packing.Weight), Argument(new PackedWeightsOf(packed.Operation), ""), "item")))));

    /// <summary>Packs the values and gradients of layers with many weights into panels of 32, sample after sample.</summary>
    private void PackPanel(CodeWriter body)
    {
        Switch(body, "source", _work.WholeBatch.SelectMany(placed => new (string, Action)[]
        {
            (placed.Gradient.Operation.LayerText + ": inputs", () => Pack(placed, new ValuesOf(placed.Gradient.Operation.Source.Tensor, 0), placed.Gradient.Rows, "Inputs")),
            (placed.Gradient.Operation.LayerText + ": gradient", () => Pack(placed, new GradientOf(placed.Gradient.Operation.Output), placed.Gradient.Columns, "Gradient")),
        }));

        void Pack(PlacedWholeBatch placed, Operand source, int columns, string what) => body.Statement(Invariant(
            $"BatchPanels.Pack({Argument(source, "batch")}, Training.ActivationsLength, {columns}, Samples, ref PanelsAt(Panel.{placed.Gradient.Operation.Name}{what}), (nint)BatchSize * {RegisterTile.PanelWidth}, panel);"));
    }

    private void WholeBatchGradient(CodeWriter body)
    {
        body.Line(Invariant($"nint panelStride = (nint)BatchSize * {RegisterTile.PanelWidth};"));
        body.Line("int block, panel;");
        Switch(body, "layer", _work.WholeBatch.Select<PlacedWholeBatch, (string, Action)>(placed => (placed.Gradient.Operation.LayerText, () =>
        {
            string name = placed.Gradient.Operation.Name;
            body.Line(Invariant($"(block, panel) = Math.DivRem(item, {placed.Panels});"));
            Call(body, placed.Gradient.Kernel, operand => operand switch
            {
                WholeBatchInputs => $"ref PanelsAt(Panel.{name}Inputs)",
                WholeBatchOutputGradient => $"ref new FloatRef(ref PanelsAt(Panel.{name}Gradient))[panel * panelStride]",
                ParameterGradientOf parameter => InferenceEmitter.Parameter(plan, parameter.Name, "gradients"),
                SampleCount => "Samples",
                PartBegin => Invariant($"{placed.RowPanels} * block / {placed.Blocks}"),
                PartEnd => Invariant($"{placed.RowPanels} * (block + 1) / {placed.Blocks}"),
                _ => Argument(operand, ""),
            });
        })));
    }

    /// <summary>Writes the cases of a group of work items, one for each layer.</summary>
    private static void Switch(CodeWriter body, string variable, IEnumerable<(string Comment, Action Body)> cases)
    {
        int number = 0;
        using (body.Open($"switch ({variable})"))
        {
            foreach ((string comment, Action write) in cases)
            {
                body.Line(Invariant($"case {number++}: // {comment}"));
                using (body.Indent())
                {
                    write();
                    body.Line("break;");
                }
            }
        }
    }

    /// <summary>The steps of an operation that somebody needs: for the gradients with respect to parameters, or to the inputs.</summary>
    private IEnumerable<GradientStep> Steps(Operation operation, bool toInputs) => kernels.Backward(operation).Where(step => step.Purpose switch
    {
        GradientPurpose.Operation => true,
        GradientPurpose.Parameters => !toInputs && _graph.IsTrained(operation),
        GradientPurpose.Tensor => toInputs || _graph.NeedsGradient(step.Tensor!),
        _ => throw new InvalidOperationException($"It is not known when a step for {step.Purpose} is needed."),
    });

    private void Call(CodeWriter body, Kernel kernel, Func<Operand, string> argument) =>
        body.Statement($"{table.MethodOf(kernels, kernel)}({string.Join(", ", kernel.Parameters.Select(parameter => argument(parameter.Operand)))});");

    /// <summary>What an operand is in training.</summary>
    /// <param name="operand">The operand.</param>
    /// <param name="values">The variable for the activations of the sample, or of the first one, that the call is for.</param>
    private string Argument(Operand operand, string values) => operand switch
    {
        ValuesOf { Tensor: var tensor, Offset: var offset } => activations.At(values, tensor.Name, offset, tensor.Layout),
        GradientOf { Tensor: var tensor } => _memory.IsGradientInRecord(tensor)
            ? activations.At(values, tensor.Name + "Gradient", 0, default)
            : workspace.At("workspace", tensor.Name + "Gradient", 0, default),
        BufferOf { Buffer: var buffer, Offset: var offset } => buffer.InBackward
            ? workspace.At("workspace", buffer.Name, offset, buffer.Layout)
            : activations.At(values, buffer.Name, offset, buffer.Layout),
        ParameterOf parameter => InferenceEmitter.Parameter(plan, parameter.Name),
        ParameterGradientOf parameter => InferenceEmitter.Parameter(plan, parameter.Name, "gradients"),
        PackedWeightsOf { Operation: var operation } => $"ref packed[Packed.{operation.Name}]",
        SampleStride => "Training.ActivationsLength",
        SampleCount => "end - begin",
        MaskSeed => "Seed",
        MaskStep => "CurrentStep",
        FirstSample => "begin",
        Local { Text: var text } => text,
        _ => throw new InvalidOperationException($"Training has nothing to pass for the operand {operand.GetType().Name}."),
    };
}
