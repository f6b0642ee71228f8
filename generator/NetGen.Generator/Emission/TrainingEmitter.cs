using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>The training pass: forward with dropout, the loss, and backward by shards of the batch.</summary>
internal static class TrainingEmitter
{
    public static string Write(NetworkPlan plan, IReadOnlyList<KernelSignature> kernels) => SourceFile.Write(
        plan.Model,
        [
            "using System;",
            "using System.Runtime.CompilerServices;",
            "using System.Runtime.InteropServices;",
            "using System.Runtime.Intrinsics;",
            "using NetGen;",
            "using NetGen.CompilerServices;",
        ],
        [],
        "",
        code =>
        {
            new TrainingSurface(code, plan).Write();
            Dispatch.Write(code, "Training", kernels);
        });

    /// <summary>The name of value <paramref name="i"/> in the memory plan.</summary>
    public static string ValueName(TrainingPlan plan, int i) => InferenceEmitter.ValueName(plan, i);
}

/// <summary>The members of the training pass that users call.</summary>
internal sealed class TrainingSurface(CodeWriter code, NetworkPlan network)
{
    private readonly TrainingPlan _plan = network.Training;

    /// <summary>Whether layers have so many weights that their gradients are computed over the whole batch.</summary>
    private bool HasPanels => _plan.WholeBatchWeights.Count > 0;

    public void Write()
    {
        NetworkModel model = network.Model;
        string self = SourceFile.Self(model);
        code.Lines(Invariant($$"""
            /// <summary>Begins training: takes the memory that batches of up to <paramref name="batchSize"/> samples need.</summary>
            /// <param name="batchSize">The most samples in a batch.</param>
            /// <param name="seed">Decides what dropout drops.</param>
            /// <param name="threads">How many threads at most share a batch; 0 for one on each processor. The results do not depend on it.</param>
            /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is less than 1 or too large, or <paramref name="threads"/> negative.</exception>
            [NetworkMember(NetworkMemberRole.BeginTraining)]
            public TrainingPass BeginTraining(int batchSize, ulong seed = 0, int threads = 0) => new(this, batchSize, seed, threads);

            /// <summary>
            /// Forward with dropout, and backward, for training only: to predict, call <see cref="{{self}}.Predict(ReadOnlySpan{float}, Span{float})"/>.
            /// </summary>
            /// <remarks>One thread at a time may use a pass. Nothing is allocated after <see cref="BeginTraining"/>.</remarks>
            [TrainingPass(HasDropout = {{(network.HasDropout ? "true" : "false")}})]
            public sealed class TrainingPass : ITrainingPass, IParallelWork
            {
            """).TrimEnd());
        using (code.Indent())
        {
            Fields(self);
            Forward();
            Backward();
            WorkItems();
            new TrainingShards(code, network).Write();
        }

        code.Line("}");
        Memory();
    }

    private void Fields(string self)
    {
        code.Lines(Invariant($$"""
            private const int ForwardStage = 0;
            private const int PackStage = 1;
            private const int BackwardStage = 2;
            {{(HasPanels ? "private const int PanelStage = 3;\n" : "")}}private const int FinishStage = 4;
            private const int InputGradientStage = 5;

            private readonly {{self}} _network;
            private readonly int _threads;
            private readonly ulong _seed;
            private readonly int _shardSize;
            private readonly AlignedBuffer _records;
            private readonly AlignedBuffer _scratch;
            private readonly AlignedBuffer _shardGradients;
            private readonly AlignedBuffer _packed = new(TrainingMemory.PackedLength);
            private readonly AlignedBuffer _gradients = new(ParameterCount);
            {{(HasPanels ? "private readonly AlignedBuffer _panels;\n" : "")}}private readonly float[] _outputs;
            private readonly float[] _losses;
            private readonly float[] _targets;
            {{(network.EndsInSoftmax ? "private readonly int[] _labels;\nprivate bool _hasLabels;\n" : "")}}private int _samples;
            private long _step = -1;

            internal TrainingPass({{self}} network, int batchSize, ulong seed, int threads)
            {
                BatchChecks.BatchSize("{{network.Model.Name}}", batchSize, TrainingMemory.RecordLength);
                _network = network;
                _threads = WorkerPool.ThreadCount(threads);
                _seed = seed;
                BatchSize = batchSize;
                _shardSize = Math.Max(TrainingMemory.ShardSize, (batchSize + TrainingMemory.MostShards - 1) / TrainingMemory.MostShards);
                _records = new AlignedBuffer((long)batchSize * TrainingMemory.RecordLength);
                _scratch = new AlignedBuffer((long)_threads * TrainingMemory.ScratchLength);
                _shardGradients = new AlignedBuffer((long)Shards(batchSize) * TrainingMemory.ShardedParameters);
                {{(HasPanels ? "_panels = new AlignedBuffer((long)batchSize * TrainingMemory.PanelsLength);\n    " : "")}}_outputs = new float[checked(batchSize * OutputLength)];
                _losses = new float[batchSize];
                _targets = new float[checked(batchSize * OutputLength)];{{(network.EndsInSoftmax ? "\n    _labels = new int[batchSize];" : "")}}
            }

            /// <summary>The most samples in a batch.</summary>
            [NetworkMember(NetworkMemberRole.BatchSize)]
            public int BatchSize { get; }

            /// <summary>The outputs of the last <see cref="O:Forward"/>, dropout included: no predictions.</summary>
            [NetworkMember(NetworkMemberRole.Outputs)]
            public ReadOnlySpan<float> Outputs => _outputs.AsSpan(0, _samples * OutputLength);

            /// <summary>The gradients of the mean loss, in the order of <see cref="Parameters"/>; those of the last <see cref="Backward"/>.</summary>
            public Span<float> Gradients => _gradients.Span;

            """));
    }

    private void Forward()
    {
        string name = network.Model.Name;
        if (network.EndsInSoftmax)
        {
            code.Lines(Invariant($$"""
                /// <summary>Computes outputs and loss of a batch, with dropout.</summary>
                /// <param name="inputs">Samples of <see cref="InputLength"/> values, one after the other.</param>
                /// <param name="labels">The class of each sample, 0 to {{network.Model.Output.Length - 1}}.</param>
                /// <returns>The mean cross-entropy.</returns>
                /// <exception cref="ArgumentException">A length is wrong, or a label is out of range; the pass is as it was.</exception>
                [NetworkMember(NetworkMemberRole.Forward)]
                public float Forward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
                {
                    int samples = BatchChecks.Samples("{{name}}", inputs, InputLength, BatchSize, labels, OutputLength);
                    labels.CopyTo(_labels);
                    _hasLabels = true;
                    return Forward(inputs, samples);
                }

                /// <summary>Computes outputs and loss of a batch, with dropout.</summary>
                /// <param name="inputs">Samples of <see cref="InputLength"/> values, one after the other.</param>
                /// <param name="targets">The wanted probabilities, <see cref="OutputLength"/> values a sample.</param>
                /// <returns>The mean cross-entropy.</returns>
                /// <exception cref="ArgumentException">A length is wrong, or the targets of a sample are no probabilities; the pass is as it was.</exception>
                [NetworkMember(NetworkMemberRole.Forward)]
                public float Forward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets)
                {
                    int samples = BatchChecks.Samples("{{name}}", inputs, InputLength, BatchSize, targets, OutputLength);
                    BatchChecks.Probabilities("{{name}}", targets, OutputLength);
                    targets.CopyTo(_targets);
                    _hasLabels = false;
                    return Forward(inputs, samples);
                }
                """));
        }
        else
        {
            code.Lines(Invariant($$"""
                /// <summary>Computes outputs and loss of a batch, with dropout.</summary>
                /// <param name="inputs">Samples of <see cref="InputLength"/> values, one after the other.</param>
                /// <param name="targets">The wanted outputs, <see cref="OutputLength"/> values a sample.</param>
                /// <returns>The mean of the squared errors of all outputs.</returns>
                /// <exception cref="ArgumentException">A length is wrong; the pass is as it was.</exception>
                [NetworkMember(NetworkMemberRole.Forward)]
                public float Forward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets)
                {
                    int samples = BatchChecks.Samples("{{name}}", inputs, InputLength, BatchSize, targets, OutputLength);
                    targets.CopyTo(_targets);
                    return Forward(inputs, samples);
                }

                float ITrainingPass.Forward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels) =>
                    throw new InvalidOperationException("{{name}} ends in no Softmax, so it is trained on float targets, not on class labels.");
                """));
        }

        code.Lines("""

            private float Forward(ReadOnlySpan<float> inputs, int samples)
            {
                _samples = samples;
                _step++;
                WorkerPool.Run(this, ForwardStage, Shards(samples), _threads, inputs);
                double sum = 0;
                for (int sample = 0; sample < samples; sample++)
                    sum += _losses[sample];
                return (float)(sum / samples);
            }
            """);
    }

    private void Backward()
    {
        code.Lines(Invariant($$"""

            /// <summary>The outputs of several copies of one sample, each with a mask of its own.</summary>
            internal ReadOnlySpan<float> ForwardCopies(ReadOnlySpan<float> input, int copies)
            {
                float[] inputs = new float[copies * InputLength];
                for (int copy = 0; copy < copies; copy++)
                    input.CopyTo(inputs.AsSpan(copy * InputLength));
                Forward(inputs, copies);
                return Outputs;
            }

            /// <summary>Computes <see cref="Gradients"/>, those of the mean loss of the last <see cref="O:Forward"/>; earlier ones are overwritten.</summary>
            /// <exception cref="InvalidOperationException">There was no forward pass yet.</exception>
            [NetworkMember(NetworkMemberRole.Backward)]
            public void Backward()
            {
                RequireForward();
                WorkerPool.Run(this, PackStage, TrainingMemory.PackTasks, _threads);
                WorkerPool.Run(this, BackwardStage, Shards(_samples), _threads);{{(HasPanels ? "\n    WorkerPool.Run(this, PanelStage, TrainingMemory.PanelTasks, _threads);" : "")}}
                WorkerPool.Run(this, FinishStage, TrainingMemory.FinishTasks, _threads);
            }

            /// <summary>Computes the gradient of the mean loss of the last <see cref="O:Forward"/> by its inputs.</summary>
            /// <param name="destination">Where it goes; as long as the inputs were.</param>
            /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
            /// <exception cref="InvalidOperationException">There was no forward pass yet.</exception>
            public void InputGradients(Span<float> destination)
            {
                RequireForward();
                if (destination.Length != _samples * InputLength)
                {
                    throw new ArgumentException(
                        FormattableString.Invariant($"The last batch had {_samples * InputLength} input values, so as many gradients were expected to fit, but the destination has a length of {destination.Length}."),
                        nameof(destination));
                }

                WorkerPool.Run(this, PackStage, TrainingMemory.AllPackTasks, _threads);
                WorkerPool.Run(this, InputGradientStage, Shards(_samples), _threads, default, destination);
            }

            private void RequireForward()
            {
                if (_samples == 0)
                    throw new InvalidOperationException("Forward must run before there are gradients.");
            }

            private int Shards(int samples) => (samples + _shardSize - 1) / _shardSize;
            """));
    }

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
                    default:
                        InputGradientShard(index, begin, end, worker, output);
                        break;
                }
            }

            """));
    }

    private void Memory()
    {
        code.Gap();
        code.Line("/// <summary>The plan of the memory for training, in floats: a record for every sample, a scratch for every worker.</summary>");
        using (code.Open("private static class TrainingMemory"))
        {
            TrainingTasks tasks = new(network);
            code.Line(Invariant($"internal const int ShardSize = {_plan.ShardSize};"));
            code.Line("internal const int MostShards = 32;");
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
                    code.Line(Invariant($"internal const int {convolution.Name}Sums = {_plan.OutputGradients[i - 1]}; // the gradient by the weighted sums, {convolution.Convolved}{InferenceEmitter.HaloText(convolution.OutputGradient)}"));
            }
        }
    }
}
