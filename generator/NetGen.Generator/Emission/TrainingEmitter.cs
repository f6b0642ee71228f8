using NetGen.Generator.Lowering;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>The work of a training pass: forward with dropout, the loss, and backward by shards of the batch.</summary>
internal sealed class TrainingEmitter(CodeWriter code, NetworkPlan network)
{
    private readonly TrainingPlan _plan = network.Training;

    /// <summary>Whether layers have so many weights that their gradients are computed over the whole batch.</summary>
    private bool HasPanels => _plan.WholeBatchWeights.Count > 0;

    public static string Write(NetworkPlan plan, IReadOnlyList<KernelSignature> kernels) => SourceFile.WriteOwn(
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
            new TrainingEmitter(code, plan).Work();
            Dispatch.Write(code, "Training", kernels);
        });

    /// <summary>The name of value <paramref name="i"/> in the memory plan.</summary>
    public static string ValueName(TrainingPlan plan, int i) => InferenceEmitter.ValueName(plan, i);

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
            new TrainingShards(code, network).Write();
        }

        Memory();
    }

    private void Fields()
    {
        code.Lines(Invariant($$"""
            private const int ForwardStage = 0;
            private const int PackStage = 1;
            private const int BackwardStage = 2;
            {{(HasPanels ? "private const int PanelStage = 3;\n" : "")}}private const int FinishStage = 4;
            private const int InputGradientStage = 5;

            private const string Network = "{{network.Model.Name}}";
            private const int InputLength = {{network.Model.Input.Length}};
            private const int OutputLength = {{network.Model.Output.Length}};
            private const int ParameterCount = {{network.Parameters.Count}};

            private readonly ParameterMemory _parameters;
            private readonly ulong _seed;
            private readonly AlignedBuffer _records;
            private readonly AlignedBuffer _scratch;
            private readonly AlignedBuffer _shardGradients;
            private readonly AlignedBuffer _packed = new(TrainingMemory.PackedLength);
            private readonly AlignedBuffer _gradients = new(ParameterCount);
            {{(HasPanels ? "private readonly AlignedBuffer _panels;\n" : "")}}private readonly SampleWeights _weights;
            private readonly float[] _outputs;
            private readonly float[] _losses;
            private readonly float[] _targets;
            {{(network.EndsInSoftmax ? "private readonly int[] _labels;\nprivate bool _hasLabels;\n" : "")}}private int _samples;
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
                _targets = new float[checked(batchSize * OutputLength)];{{(network.EndsInSoftmax ? "\n    _labels = new int[batchSize];" : "")}}
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
        if (network.EndsInSoftmax)
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
                {{(network.EndsInSoftmax ? "BatchChecks.Probabilities(Network, targets, OutputLength);\n    " : "")}}_weights.Set(Network, samples, sampleWeights);
                targets.CopyTo(_targets);{{(network.EndsInSoftmax ? "\n    _hasLabels = false;" : "")}}
                return Forward(inputs, samples);
            }

            private float Forward(ReadOnlySpan<float> inputs, int samples)
            {
                // Shards follow from the samples alone, and so do the sums over them: a batch gives the same bits in a pass of any size.
                _samples = samples;
                _shardSize = Math.Max(TrainingMemory.ShardSize, (samples + TrainingMemory.MaxShards - 1) / TrainingMemory.MaxShards);
                _step = Step++;
                _version = _parameters.Version;
                WorkerPool.Run(this, ForwardStage, Shards(samples), Threads, inputs);
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
            WorkerPool.Run(this, PackStage, TrainingMemory.PackTasks, Threads);
            WorkerPool.Run(this, BackwardStage, Shards(_samples), Threads);{{(HasPanels ? "\n    WorkerPool.Run(this, PanelStage, TrainingMemory.PanelTasks, Threads);" : "")}}
            WorkerPool.Run(this, FinishStage, TrainingMemory.FinishTasks, Threads);
        }

        internal void InputGradients(Span<float> destination)
        {
            PassChecks.InputGradients(Network, _samples, InputLength, destination);
            PassChecks.SameParameters(Network, _version, _parameters.Version);
            WorkerPool.Run(this, PackStage, TrainingMemory.AllPackTasks, Threads);
            WorkerPool.Run(this, InputGradientStage, Shards(_samples), Threads, default, destination);
        }

        private int Shards(int samples) => (samples + _shardSize - 1) / _shardSize;
        """));

    private void WorkItems()
    {
        code.Lines(Invariant($$"""

            void IParallelWork.Execute(int stage, int index, int worker, ReadOnlySpan<float> input, Span<float> output)
            {
                int begin = index * _shardSize;
                int end = Math.Min(begin + _shardSize, _samples);
                switch (stage)
                {
                    case ForwardStage:
                        ForwardShard(input, begin, end);
                        break;
                    case PackStage:
                        Pack(index);
                        break;
                    case BackwardStage:
                        BackwardShard(index, begin, end, worker);
                        break;
                {{(HasPanels ? "    case PanelStage:\n            PackPanels(index);\n            break;\n    " : "")}}    case FinishStage:
                        Finish(index);
                        break;
                    case InputGradientStage:
                        InputGradientShard(index, begin, end, worker, output);
                        break;
                    default:
                        throw new InvalidOperationException($"There is no work of the kind {stage}.");
                }
            }

            """));
    }

    private void Memory()
    {
        code.Gap();
        code.Line("/// <summary>The plan of the memory for training, in floats: a record for every sample, a scratch for every worker.</summary>");
        code.Line(SourceFile.Hidden);
        using (code.Open("internal static class TrainingMemory"))
        {
            TrainingTasks tasks = new(network);
            code.Line(Invariant($"internal const int ShardSize = {_plan.ShardSize};"));
            code.Line("internal const int MaxShards = 32;");
            code.Line(Invariant($"internal const int RecordLength = {_plan.RecordLength};"));
            code.Line(Invariant($"internal const int ScratchLength = {_plan.ScratchLength};"));
            code.Line(Invariant($"internal const int ShardedParameters = {network.Parameters.ShardedCount};"));
            code.Line(Invariant($"internal const int PackedLength = {tasks.PackedLength};"));
            code.Line(Invariant($"internal const int PackTasks = {tasks.PackCount};"));
            code.Line(Invariant($"internal const int AllPackTasks = {tasks.AllPackCount};"));
            code.Line(Invariant($"internal const int FinishTasks = {tasks.FinishCount};"));
            if (HasPanels)
            {
                code.Line(Invariant($"internal const int PanelTasks = {tasks.PanelTasks};"));
                code.Line(Invariant($"internal const int PanelsLength = {tasks.PanelsLength};"));
            }

            code.Line();
            code.Line("// In the record.");
            for (int i = 0; i < _plan.Rasters.Length; i++)
            {
                string name = TrainingEmitter.ValueName(_plan, i);
                code.Line(Invariant($"internal const int {name} = {_plan.Values[i]}; // {_plan.Rasters[i].Extent}{InferenceEmitter.HaloText(_plan.Rasters[i])}"));
                if (i < _plan.Stages.Count && _plan.Stages[i].KeepsPoolIndex)
                    code.Line(Invariant($"internal const int {_plan.Stages[i].Name}Index = {_plan.Indexes[i]}; // the place of each maximum in its window"));
                if (i > 0 && _plan.GradientInRecord[i])
                    code.Line(Invariant($"internal const int {name}Gradient = {_plan.Gradients[i]};"));
            }

            if (_plan.ScratchLength == 0)
                return;
            code.Line();
            code.Line("// In the scratch.");
            for (int i = 1; i < _plan.Rasters.Length; i++)
            {
                if (!_plan.GradientInRecord[i])
                    code.Line(Invariant($"internal const int {TrainingEmitter.ValueName(_plan, i)}Gradient = {_plan.Gradients[i]};"));
                if (_plan.Stages[i - 1] is ConvolutionStage convolution)
                    code.Line(Invariant($"internal const int {convolution.Name}Sums = {_plan.OutputGradients[i - 1]}; // the gradient with respect to the weighted sums, {convolution.Convolved}{InferenceEmitter.HaloText(convolution.OutputGradient)}"));
            }
        }
    }
}
