using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>The work of a training pass: forward with dropout, the loss, and backward by shards of the batch.</summary>
internal sealed class TrainingEmitter(CodeWriter code, NetworkPlan network, PassKernels kernels)
{
    private readonly NetworkGraph _graph = network.Training;
    private readonly TrainingMemory _memory = network.TrainingMemory;
    private readonly TrainingWork _work = network.TrainingWork;

    /// <summary>The phases of a step, each of them work items that threads share, which all end before the next phase begins.</summary>
    private readonly IReadOnlyList<Phase> _phases =
    [
        new("Forward", "ForwardShard(input, begin, end)"),
        new("Pack", "Pack(index)"),
        new("Backward", "BackwardShard(index, begin, end, worker)"),
        .. network.TrainingWork.WholeBatch.Count > 0 ? [new Phase("Panel", "PackPanels(index)")] : Array.Empty<Phase>(),
        new("Finish", "Finish(index)"),
        new("InputGradient", "InputGradientShard(index, begin, end, worker, output)"),
    ];

    /// <summary>Whether layers have so many weights that their gradients are computed over the whole batch.</summary>
    private bool HasPanels => _work.WholeBatch.Count > 0;

    public static string Write(NetworkPlan plan, PassKernels kernels) => SourceFile.WriteOwn(
        plan.Model,
        [
            "using global::System;",
            .. OwnTypes.Usings(
                "AlignedBuffer", "BatchChecks", "BatchPanels", "DropoutMask", "Heads", "IParallelWork", "Math", "MemoryMarshal", "MethodImpl",
                "MethodImplOptions", "MonteCarlo", "ParameterMemory", "PassChecks", "SampleWeights", "ShardGradients", "TrainingOptions", "Unsafe", "Vector256", "Vector512",
                "WeightPacking", "WorkerPool", "nint"),
        ],
        code =>
        {
            new TrainingEmitter(code, plan, kernels).Work();
            Dispatch.Write(code, kernels);
        });

    private void Work()
    {
        code.Line("/// <summary>What a training pass does, and the memory it does it in. One thread at a time may use it; inside, a batch is shared among threads.</summary>");
        code.Line(SourceFile.Hidden);
        using (code.Open("internal sealed class TrainingWork : IParallelWork"))
        {
            Fields();
            Forward();
            MonteCarlo();
            Backward();
            WorkItems();
            new TrainingShards(code, network, kernels).Write();
        }

        Memory();
    }

    private void Fields()
    {
        for (int number = 0; number < _phases.Count; number++)
            code.Line(Invariant($"private const int {_phases[number].Name}Phase = {number};"));
        code.Line();
        code.Lines(Invariant($$"""
            private const string Network = "{{network.Model.Name}}";
            private const int InputLength = {{network.Model.Input.Length}};
            private const int OutputLength = {{network.Model.Output.Length}};

            private readonly ParameterMemory _parameters;
            private readonly ulong _seed;
            private readonly AlignedBuffer _records;
            private readonly AlignedBuffer _scratch;
            private readonly AlignedBuffer _shardGradients;
            private readonly AlignedBuffer _packed = new(TrainingMemory.PackedLength);
            private readonly AlignedBuffer _gradients = new(TrainingMemory.TrainedParameters);
            {{(HasPanels ? "private readonly AlignedBuffer _panels;\n" : "")}}private readonly SampleWeights _weights;
            private readonly float[] _outputs;
            private readonly float[] _losses;
            private readonly float[] _targets;
            {{(network.Head.Classifies ? "private readonly int[] _labels;\nprivate bool _hasLabels;\n" : "")}}private int _samples;
            private int _shardSize = TrainingMemory.ShardSize;
            private long _step;
            private long _version;
            private bool _awaitsBackward;

            internal TrainingWork(ParameterMemory parameters, TrainingOptions options, string argument)
            {
                int batchSize = options.BatchSize;
                PassChecks.BatchSize(Network, batchSize, {{(HasPanels ? "Math.Max(TrainingMemory.RecordLength, TrainingMemory.PanelsLength)" : "TrainingMemory.RecordLength")}}, argument);
                _parameters = parameters;
                _seed = options.Seed;
                Threads = WorkerPool.Start(options.Threads);
                Step = options.Step;
                BatchSize = batchSize;
                _records = new AlignedBuffer((long)batchSize * TrainingMemory.RecordLength);
                _scratch = new AlignedBuffer((long)Threads * TrainingMemory.ScratchLength);
                _shardGradients = new AlignedBuffer(
                    (long)Math.Min(TrainingMemory.MaxShards, Shards(batchSize)) * TrainingMemory.ShardedParameters);
                {{(HasPanels ? "_panels = new AlignedBuffer((long)batchSize * TrainingMemory.PanelsLength);\n    " : "")}}_weights = new SampleWeights(batchSize);
                _outputs = new float[checked(batchSize * OutputLength)];
                _losses = new float[batchSize];
                _targets = new float[checked(batchSize * OutputLength)];{{(network.Head.Classifies ? "\n    _labels = new int[batchSize];" : "")}}
            }

            internal int BatchSize { get; }

            internal int Threads { get; }

            internal long Step { get; private set; }

            internal ReadOnlySpan<float> Outputs => _outputs.AsSpan(0, _samples * OutputLength);

            internal Span<float> Gradients => _gradients.Span;

            """));
    }

    private void Forward()
    {
        if (network.Head.Classifies)
        {
            code.Lines("""
                internal float Forward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> sampleWeights)
                {
                    int samples = BatchChecks.Samples(Network, inputs, InputLength, BatchSize, labels, OutputLength);
                    _weights.Set(Network, samples, sampleWeights);
                    labels.CopyTo(_labels);
                    _hasLabels = true;
                    return Forward(inputs, samples);
                }

                """);
        }

        code.Lines(Invariant($$"""
            internal float Forward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights)
            {
                int samples = BatchChecks.Samples(Network, inputs, InputLength, BatchSize, targets, OutputLength);
                {{(network.Head.CheckTargets is { } check ? check + "\n    " : "")}}_weights.Set(Network, samples, sampleWeights);
                targets.CopyTo(_targets);{{(network.Head.Classifies ? "\n    _hasLabels = false;" : "")}}
                return Forward(inputs, samples);
            }

            private float Forward(ReadOnlySpan<float> inputs, int samples)
            {
                // Shards follow from the samples alone, and so do the sums over them: a batch gives the same bits in a pass of any size.
                _samples = samples;
                _shardSize = Math.Max(TrainingMemory.ShardSize, (samples + TrainingMemory.MaxShards - 1) / TrainingMemory.MaxShards);
                _step = Step++;
                _version = _parameters.Version;
                WorkerPool.Run(this, ForwardPhase, Shards(samples), Threads, inputs);
                _awaitsBackward = true;
                return _weights.Mean(_losses);
            }
            """));
    }

    private void MonteCarlo() => code.Lines(Invariant($$"""

        /// <summary>Mean and variance of the outputs over forward passes of one sample, each with a mask of its own.</summary>
        internal static void PredictMonteCarlo(
            ParameterMemory parameters, ReadOnlySpan<float> input, int passes, ulong seed, Span<float> mean, Span<float> variance)
        {
            int batch = Math.Min(passes, InferenceMemory.Chunk);
            TrainingWork work = new(parameters, PassChecks.Options(batch, seed, 1), "passes");
            MonteCarlo spread = new(OutputLength);
            float[] inputs = new float[batch * InputLength];
            for (int copy = 0; copy < batch; copy++)
                input.CopyTo(inputs.AsSpan(copy * InputLength));
            work._weights.Set(Network, batch, default);
            for (int done = 0; done < passes; done += batch)
            {
                int copies = Math.Min(batch, passes - done);
                work.Forward(inputs.AsSpan(0, copies * InputLength), copies);
                spread.Add(work.Outputs);
            }

            spread.CopyTo(mean, variance);
        }
        """));

    private void Backward() => code.Lines(Invariant($$"""

        internal void Backward()
        {
            PassChecks.AwaitsBackward(Network, _samples, _awaitsBackward);
            PassChecks.SameParameters(Network, _version, _parameters.Version);
            _awaitsBackward = false;
            WorkerPool.Run(this, PackPhase, TrainingMemory.PackTasks, Threads);
            WorkerPool.Run(this, BackwardPhase, Shards(_samples), Threads);{{(HasPanels ? "\n    WorkerPool.Run(this, PanelPhase, TrainingMemory.PanelTasks, Threads);" : "")}}
            WorkerPool.Run(this, FinishPhase, TrainingMemory.FinishTasks, Threads);
        }

        internal void InputGradients(Span<float> destination)
        {
            PassChecks.InputGradients(Network, _samples, InputLength, destination);
            PassChecks.SameParameters(Network, _version, _parameters.Version);
            WorkerPool.Run(this, PackPhase, TrainingMemory.AllPackTasks, Threads);
            WorkerPool.Run(this, InputGradientPhase, Shards(_samples), Threads, default, destination);
        }

        private int Shards(int samples) => (samples + _shardSize - 1) / _shardSize;
        """));

    private void WorkItems()
    {
        code.Gap();
        using (code.Open("void IParallelWork.Execute(int stage, int index, int worker, ReadOnlySpan<float> input, Span<float> output)"))
        {
            code.Line("int begin = index * _shardSize;");
            code.Line("int end = Math.Min(begin + _shardSize, _samples);");
            using (code.Open("switch (stage)"))
            {
                foreach (Phase phase in _phases)
                {
                    code.Line($"case {phase.Name}Phase:");
                    code.Line($"    {phase.Work};");
                    code.Line("    break;");
                }

                code.Line("default:");
                code.Line("    throw new InvalidOperationException($\"There is no phase {stage}.\");");
            }
        }

        code.Line();
    }

    private void Memory()
    {
        code.Gap();
        code.Line("/// <summary>The plan of the memory for training, in floats: a record for every sample, a scratch for every worker.</summary>");
        code.Line(SourceFile.Hidden);
        using (code.Open("internal static class TrainingMemory"))
        {
            code.Line(Invariant($"internal const int ShardSize = {_memory.ShardSize};"));
            code.Line(Invariant($"internal const int MaxShards = {Sharding.MaxShards};"));
            code.Line(Invariant($"internal const int RecordLength = {_memory.RecordLength};"));
            code.Line(Invariant($"internal const int ScratchLength = {_memory.ScratchLength};"));
            code.Line(Invariant($"internal const int TrainedParameters = {network.Parameters.TrainedCount};"));
            code.Line(Invariant($"internal const int ShardedParameters = {network.Parameters.ShardedCount};"));
            code.Line(Invariant($"internal const int PackedLength = {_work.PackedLength};"));
            code.Line(Invariant($"internal const int PackTasks = {_work.PackItems};"));
            code.Line(Invariant($"internal const int AllPackTasks = {_work.AllPackItems};"));
            code.Line(Invariant($"internal const int FinishTasks = {_work.FinishItems};"));
            if (HasPanels)
            {
                code.Line(Invariant($"internal const int PanelTasks = {_work.PanelItems};"));
                code.Line(Invariant($"internal const int PanelsLength = {_work.PanelsLength};"));
            }

            code.Line();
            code.Line("// In the record.");
            foreach (Tensor tensor in _graph.Tensors)
            {
                code.Line(Invariant($"internal const int {tensor.Name} = {_memory.OffsetOf(tensor)}; // {tensor.Shape}{InferenceEmitter.HaloText(tensor.Layout)}"));
                Buffers(tensor, inBackward: false);
                if (_memory.HasGradient(tensor) && _memory.IsGradientInRecord(tensor))
                    code.Line(Invariant($"internal const int {tensor.Name}Gradient = {_memory.GradientOffsetOf(tensor)};"));
            }

            if (_memory.ScratchLength == 0)
                return;
            code.Line();
            code.Line("// In the scratch.");
            foreach (Tensor tensor in _graph.Tensors)
            {
                Buffers(tensor, inBackward: true);
                if (_memory.HasGradient(tensor) && !_memory.IsGradientInRecord(tensor))
                    code.Line(Invariant($"internal const int {tensor.Name}Gradient = {_memory.GradientOffsetOf(tensor)};"));
            }
        }
    }

    /// <summary>The buffers of the operation that writes a tensor.</summary>
    private void Buffers(Tensor tensor, bool inBackward)
    {
        foreach (TrainingBuffer buffer in (tensor.Producer?.Buffers ?? []).Where(buffer => buffer.InBackward == inBackward))
            code.Line(Invariant($"internal const int {buffer.Name} = {_memory.OffsetOf(buffer)}; // {buffer.Comment}{InferenceEmitter.HaloText(buffer.Layout)}"));
    }

    /// <summary>Work items that threads share.</summary>
    /// <param name="Name">The name.</param>
    /// <param name="Work">The call for one of them.</param>
    private sealed record Phase(string Name, string Work);
}
