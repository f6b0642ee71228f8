using NetGen.Benchmarks.Kernels;

namespace NetGen.Benchmarks.Networks;

// The generated kernels are private: these parts of the networks' classes hand them to the benchmark. Layers that are too
// small to be bound by computing are left out.

partial class MlpSmall
{
    internal static IReadOnlyList<KernelProbe> Probes { get; } = Builder()
        .Dense("dense1", InferenceKernels.Dense1, TrainingKernels.Dense1WeightGradient)
        .Probes;

    private static ProbeBuilder Builder() => new(
        Summary, InferenceMemory.Chunk, InferenceMemory.RowLength,
        TrainingMemory.ShardSize, TrainingMemory.RecordLength, TrainingMemory.ScratchLength);
}

partial class Mlp1024
{
    internal static IReadOnlyList<KernelProbe> Probes { get; } = Builder()
        .Dense("dense1", InferenceKernels.Dense1, TrainingKernels.Dense1WeightGradient)
        .Dense("dense2", InferenceKernels.Dense2, TrainingKernels.Dense2WeightGradient, TrainingKernels.Dense2InputGradient)
        .Probes;

    private static ProbeBuilder Builder() => new(
        Summary, InferenceMemory.Chunk, InferenceMemory.RowLength,
        TrainingMemory.ShardSize, TrainingMemory.RecordLength, TrainingMemory.ScratchLength);
}

partial class LeNet
{
    internal static IReadOnlyList<KernelProbe> Probes { get; } = Builder()
        .Convolution("conv1", InferenceKernels.Conv1, TrainingKernels.Conv1WeightGradient)
        .Convolution("conv2", InferenceKernels.Conv2, TrainingKernels.Conv2WeightGradient,
            (ref dy, ref w, ref dx) => TrainingKernels.Conv2InputGradient(ref dy, ref w, ref w, ref dx))
        .Probes;

    private static ProbeBuilder Builder() => new(
        Summary, InferenceMemory.Chunk, InferenceMemory.RowLength,
        TrainingMemory.ShardSize, TrainingMemory.RecordLength, TrainingMemory.ScratchLength);
}

partial class KerasCnn
{
    internal static IReadOnlyList<KernelProbe> Probes { get; } = Builder()
        .Convolution("conv1", InferenceKernels.Conv1, TrainingKernels.Conv1WeightGradient)
        .Convolution("conv2", InferenceKernels.Conv2, TrainingKernels.Conv2WeightGradient, TrainingKernels.Conv2InputGradient)
        .Probes;

    private static ProbeBuilder Builder() => new(
        Summary, InferenceMemory.Chunk, InferenceMemory.RowLength,
        TrainingMemory.ShardSize, TrainingMemory.RecordLength, TrainingMemory.ScratchLength);
}

partial class VggSmall
{
    internal static IReadOnlyList<KernelProbe> Probes { get; } = Builder()
        .Convolution("conv1", InferenceKernels.Conv1, TrainingKernels.Conv1WeightGradient)
        .Convolution("conv2", (ref x, ref w, ref bias, ref y) => InferenceKernels.Conv2(ref x, ref w, ref bias, ref y, 0, 16), TrainingKernels.Conv2WeightGradient, TrainingKernels.Conv2InputGradient)
        .Convolution("conv3", (ref x, ref w, ref bias, ref y) => InferenceKernels.Conv3(ref x, ref w, ref bias, ref y, 0, 16), TrainingKernels.Conv3WeightGradient, TrainingKernels.Conv3InputGradient)
        .Convolution("conv4", (ref x, ref w, ref bias, ref y) => InferenceKernels.Conv4(ref x, ref w, ref bias, ref y, 0, 8), TrainingKernels.Conv4WeightGradient, TrainingKernels.Conv4InputGradient)
        .Dense("dense1", InferenceKernels.Dense1, TrainingKernels.Dense1WeightGradient, TrainingKernels.Dense1InputGradient)
        .Probes;

    private static ProbeBuilder Builder() => new(
        Summary, InferenceMemory.Chunk, InferenceMemory.RowLength,
        TrainingMemory.ShardSize, TrainingMemory.RecordLength, TrainingMemory.ScratchLength);
}
