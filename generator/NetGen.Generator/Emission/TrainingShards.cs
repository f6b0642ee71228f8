using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>The work items of a training pass: a shard forward, a shard backward, packing, and what comes after the shards.</summary>
internal sealed class TrainingShards(CodeWriter code, NetworkPlan network, PassKernels kernels)
{
    private readonly NetworkGraph _graph = network.Training;
    private readonly TrainingMemory _memory = network.TrainingMemory;
    private readonly TrainingWork _work = network.TrainingWork;

    public void Write()
    {
        ForwardShard();
        Pack();
        BackwardShard();
        PackPanels();
        Finish();
        InputGradientShard();
    }

    private void ForwardShard()
    {
        code.Line("/// <summary>Forward for one shard: images one by one through their layers, dense layers for all samples at once.</summary>");
        using (code.Open("private void ForwardShard(ReadOnlySpan<float> inputs, int begin, int end)"))
        {
            code.Line("ref float x = ref MemoryMarshal.GetReference(inputs);");
            code.Line("ref float p = ref _parameters.Reference;");
            code.Line("ref float records = ref _records.Reference;");
            code.Line("ref float shard = ref Unsafe.Add(ref records, (nint)begin * TrainingMemory.RecordLength);");
            if (_graph.Segments[0].TakesAllSamples)
                ForwardBySample([], copies: true);
            foreach (Segment segment in _graph.Segments)
            {
                if (!segment.TakesAllSamples)
                {
                    ForwardBySample(segment.Operations, copies: segment == _graph.Segments[0]);
                    continue;
                }

                Operation operation = segment.Operations[0];
                code.Line();
                code.Line(kernels.Call(kernels.Forward(operation), operand => operand is SampleCount ? "end - begin" : Argument(operand, "shard")));
            }

            code.Line();
            Losses();
        }

        code.Gap();
    }

    private void ForwardBySample(IReadOnlyList<Operation> operations, bool copies)
    {
        code.Line();
        using (code.Open("for (int sample = begin; sample < end; sample++)"))
        {
            code.Line("ref float record = ref Unsafe.Add(ref records, (nint)sample * TrainingMemory.RecordLength);");
            if (copies)
            {
                code.Line("ref float image = ref Unsafe.Add(ref x, (nint)sample * InputLength);");
                InferenceEmitter.CopyRows(code, _graph.Input.Layout, "image", Argument(new ValuesOf(_graph.Input, _graph.Input.Layout.Origin), "record"));
            }

            bool declared = false;
            foreach (Operation operation in operations)
                CallWithKey(kernels.Forward(operation), null, ref declared);
        }
    }

    /// <summary>Calls a kernel for one sample, after what makes the key of its mask.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="toCaller">In backward, the tensor whose gradient goes to the caller's memory; null in forward.</param>
    /// <param name="declared">Whether there is a variable for the key already.</param>
    private void CallWithKey(Kernel kernel, Tensor? toCaller, ref bool declared)
    {
        if (kernel.Parameters.Select(parameter => parameter.Operand).OfType<MaskKey>().FirstOrDefault() is { } mask)
        {
            code.Line(Invariant($"{(declared ? "" : "ulong ")}key = DropoutMask.Key(_seed, _step, {mask.Layer}, sample);"));
            declared = true;
        }

        code.Line(kernels.Call(kernel, operand => operand switch
        {
            MaskKey => "key",
            SampleCount => "1",
            FirstSample => "sample",
            GradientOf { Tensor: var tensor } when tensor == toCaller && !_memory.CopiesInputGradient => "ref Unsafe.Add(ref dx, (nint)sample * InputLength)",
            _ => Argument(operand, "record"),
        }));
    }

    private void Losses()
    {
        using (code.Open("for (int sample = begin; sample < end; sample++)"))
        {
            code.Line("ref float record = ref Unsafe.Add(ref records, (nint)sample * TrainingMemory.RecordLength);");
            code.Line($"ReadOnlySpan<float> values = MemoryMarshal.CreateReadOnlySpan({Argument(new ValuesOf(_graph.Output, _graph.Output.Layout.Origin), "record")}, OutputLength);");
            code.Line("Span<float> outputs = _outputs.AsSpan(sample * OutputLength, OutputLength);");
            code.Line("ReadOnlySpan<float> targets = _targets.AsSpan(sample * OutputLength, OutputLength);");
            if (network.Head.BeforeLoss("values", "outputs") is { } before)
                code.Line(before);
            if (network.Head.Classifies)
            {
                code.Line("_losses[sample] = _hasLabels");
                code.Line($"    ? {network.Head.LossOf("values", "_labels[sample]", "outputs")}");
                code.Line($"    : {network.Head.LossOf("values", "targets", "outputs")};");
            }
            else
            {
                code.Line($"_losses[sample] = {network.Head.LossOf("values", "targets", "outputs")};");
            }
        }
    }

    private void Pack()
    {
        code.Line("/// <summary>Arranges the weights for the gradients with respect to the layers' inputs.</summary>");
        using (code.Open("private void Pack(int item)"))
        {
            code.Line("ref float p = ref _parameters.Reference;");
            WorkTable table = new();
            foreach (PackedWeights packed in _work.Packings)
            {
                table.Add(packed.Packing.Items, (writer, item) =>
                    writer.Line(packed.Packing.Call(InferenceEmitter.Parameter(network, packed.Packing.Weight), Argument(new PackedWeightsOf(packed.Operation), ""), item)));
            }

            table.Write(code);
        }

        code.Gap();
    }

    private void BackwardShard()
    {
        code.Line("/// <summary>Backward for one shard, whose gradients with respect to the parameters go to memory of its own.</summary>");
        using (code.Open("private void BackwardShard(int index, int begin, int end, int worker)"))
        {
            ShardReferences();
            code.Line("_shardGradients.Span.Slice(index * TrainingMemory.ShardedParameters, TrainingMemory.ShardedParameters).Clear();");
            code.Line("LossGradients(begin, end);");
            BackwardSegments(toInputs: false);
        }

        code.Gap();
        LossGradients();
    }

    private void InputGradientShard()
    {
        code.Gap();
        code.Line("/// <summary>Backward for one shard down to the inputs; the parameters' gradients in the shard's memory are of no use afterwards.</summary>");
        using (code.Open("private void InputGradientShard(int index, int begin, int end, int worker, Span<float> destination)"))
        {
            ShardReferences();
            if (!_memory.CopiesInputGradient)
                code.Line("ref float dx = ref MemoryMarshal.GetReference(destination);");
            code.Line("LossGradients(begin, end);");
            BackwardSegments(toInputs: true);
            if (!_memory.CopiesInputGradient)
                return;
            code.Line();
            using (code.Open("for (int sample = begin; sample < end; sample++)"))
            {
                code.Line("ref float record = ref Unsafe.Add(ref records, (nint)sample * TrainingMemory.RecordLength);");
                code.Line($"MemoryMarshal.CreateReadOnlySpan({Argument(new GradientOf(_graph.Input), "record")}, InputLength).CopyTo(destination.Slice(sample * InputLength, InputLength));");
            }
        }
    }

    private void ShardReferences()
    {
        if (_graph.Operations.SelectMany(kernels.Backward).SelectMany(step => step.Kernel.Parameters).Any(parameter => parameter.Operand is ParameterOf))
            code.Line("ref float p = ref _parameters.Reference;");
        code.Line("ref float records = ref _records.Reference;");
        code.Line("ref float shard = ref Unsafe.Add(ref records, (nint)begin * TrainingMemory.RecordLength);");
        code.Line("ref float gradients = ref _shardGradients.At((nint)index * TrainingMemory.ShardedParameters);");
        code.Line("ref float scratch = ref _scratch.At((nint)worker * TrainingMemory.ScratchLength);");
        code.Line("int samples = end - begin;");
    }

    private void LossGradients()
    {
        code.Line("/// <summary>The gradient of the mean loss with respect to the values before the head.</summary>");
        using (code.Open("private void LossGradients(int begin, int end)"))
        {
            using (code.Open("for (int sample = begin; sample < end; sample++)"))
            {
                code.Line("ref float record = ref _records.At((nint)sample * TrainingMemory.RecordLength);");
                code.Line($"Span<float> gradient = MemoryMarshal.CreateSpan({Argument(new GradientOf(_graph.Output), "record")}, OutputLength);");
                code.Line("ReadOnlySpan<float> outputs = _outputs.AsSpan(sample * OutputLength, OutputLength);");
                code.Line("ReadOnlySpan<float> targets = _targets.AsSpan(sample * OutputLength, OutputLength);");
                if (network.Head.Classifies)
                {
                    code.Line("if (_hasLabels)");
                    code.Line("    " + network.Head.GradientOf("outputs", "_labels[sample]", "_weights.Scale(sample)", "gradient"));
                    code.Line("else");
                    code.Line("    " + network.Head.GradientOf("outputs", "targets", "_weights.Scale(sample)", "gradient"));
                }
                else
                {
                    code.Line(network.Head.GradientOf("outputs", "targets", "_weights.Scale(sample)", "gradient"));
                }
            }
        }

        code.Gap();
    }

    private void BackwardSegments(bool toInputs)
    {
        foreach (Segment segment in _graph.Segments.Reverse())
        {
            Operation[] operations = [.. segment.Operations.Reverse().Where(operation => toInputs || _graph.NeedsGradient(operation.Output))];
            if (operations.Length == 0)
                continue;
            code.Line();
            if (segment.TakesAllSamples)
            {
                foreach (GradientStep step in Steps(operations[0], toInputs))
                    AllSamples(step, toInputs);
                continue;
            }

            using (code.Open("for (int sample = begin; sample < end; sample++)"))
            {
                code.Line("ref float record = ref Unsafe.Add(ref records, (nint)sample * TrainingMemory.RecordLength);");
                bool declared = false;
                foreach (GradientStep step in operations.SelectMany(operation => Steps(operation, toInputs)))
                    CallWithKey(step.Kernel, _graph.Input, ref declared);
            }
        }
    }

    private void AllSamples(GradientStep step, bool toInputs)
    {
        if (!toInputs || step.Tensor != _graph.Input || _memory.CopiesInputGradient)
        {
            code.Line(kernels.Call(step.Kernel, operand => Argument(operand, "shard")));
            return;
        }

        // The caller's samples lie closer to one another than those of the records.
        using (code.Open("for (int sample = begin; sample < end; sample++)"))
        {
            code.Line("ref float record = ref Unsafe.Add(ref records, (nint)sample * TrainingMemory.RecordLength);");
            bool declared = false;
            CallWithKey(step.Kernel, _graph.Input, ref declared);
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

    private void PackPanels()
    {
        if (_work.PanelItems == 0)
            return;
        code.Line("/// <summary>Packs the values and gradients of layers with many weights into panels of 32, sample after sample.</summary>");
        using (code.Open("private void PackPanels(int item)"))
        {
            code.Line("ref float records = ref _records.Reference;");
            WorkTable table = new();
            foreach (PlacedWholeBatch placed in _work.WholeBatch)
            {
                Operation operation = placed.Gradient.Operation;
                table.Add(placed.RowPanels, Packing(new ValuesOf(operation.Source.Tensor, 0), placed.Gradient.Rows, placed.Offset));
                table.Add(placed.Panels, Packing(new GradientOf(operation.Output), placed.Gradient.Columns, placed.OutputOffset));
            }

            table.Write(code);
        }

        code.Gap();

        Action<CodeWriter, string> Packing(Operand source, int columns, int offset) => (writer, item) => writer.Line(Invariant(
            $"BatchPanels.Pack({Argument(source, "records")}, TrainingMemory.RecordLength, {columns}, _samples, ref _panels.At((nint)BatchSize * {offset}), (nint)BatchSize * {RegisterTile.PanelWidth}, {item});"));
    }

    private void Finish()
    {
        code.Line("/// <summary>After the shards: gradients of large weights over the whole batch, and the sums of the shards' gradients.</summary>");
        using (code.Open("private void Finish(int item)"))
        {
            WorkTable table = new();
            foreach (PlacedWholeBatch placed in _work.WholeBatch)
            {
                table.Add(placed.Items, (writer, item) =>
                {
                    using (writer.Open())
                    {
                        writer.Line(Invariant($"(int block, int panel) = Math.DivRem({item}, {placed.Panels});"));
                        writer.Line(Invariant($"nint panelStride = (nint)BatchSize * {RegisterTile.PanelWidth};"));
                        writer.Line(Invariant($"ref float x = ref _panels.At((nint)BatchSize * {placed.Offset});"));
                        writer.Line(Invariant($"ref float dy = ref _panels.At(((nint)BatchSize * {placed.OutputOffset}) + (panel * panelStride));"));
                        writer.Line(kernels.Call(placed.Gradient.Kernel, operand => operand switch
                        {
                            ParameterGradientOf parameter => $"ref _gradients.At(ParameterOffsets.{network.Parameters[parameter.Name].Identifier})",
                            SampleCount => "_samples",
                            PartBegin => Invariant($"{placed.RowPanels} * block / {placed.Blocks}"),
                            PartEnd => Invariant($"{placed.RowPanels} * (block + 1) / {placed.Blocks}"),
                            _ => Argument(operand, "records"),
                        }));
                    }
                });
            }

            table.Add(_work.SumItems, (writer, item) => writer.Line(
                $"ShardGradients.Sum(_shardGradients.Span, TrainingMemory.ShardedParameters, Shards(_samples), {item}, _gradients.Span);"));
            table.Write(code);
        }
    }

    /// <summary>What an operand is in training.</summary>
    /// <param name="operand">The operand.</param>
    /// <param name="memory">The reference to the records, or to the one, that the call is for.</param>
    private string Argument(Operand operand, string memory) => operand switch
    {
        ValuesOf { Tensor: var tensor, Offset: var offset } => At(memory, tensor.Name, offset),
        GradientOf { Tensor: var tensor } => At(_memory.IsGradientInRecord(tensor) ? memory : "scratch", tensor.Name + "Gradient", 0),
        BufferOf { Buffer: var buffer, Offset: var offset } => At(buffer.InBackward ? "scratch" : memory, buffer.Name, offset),
        ParameterOf parameter => InferenceEmitter.Parameter(network, parameter.Name),
        ParameterGradientOf parameter => $"ref Unsafe.Add(ref gradients, ParameterOffsets.{network.Parameters[parameter.Name].Identifier})",
        PackedWeightsOf { Operation: var operation } => _work.OffsetOf(operation) is var offset && offset == 0 ? "ref _packed.Reference" : Invariant($"ref _packed.At({offset})"),
        SampleCount => "samples",
        MaskSeed => "_seed",
        MaskStep => "_step",
        FirstSample => "begin",
        Local { Text: var text } => text,
        _ => throw new InvalidOperationException($"Training has nothing to pass for the operand {operand.GetType().Name}."),
    };

    private static string At(string memory, string name, int offset) => offset == 0
        ? $"ref Unsafe.Add(ref {memory}, TrainingMemory.{name})"
        : Invariant($"ref Unsafe.Add(ref {memory}, TrainingMemory.{name} + {offset})");
}
