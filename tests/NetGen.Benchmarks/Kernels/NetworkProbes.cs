using NetGen.Benchmarks.Kernels;
using KerasCnnCode = NetGen__Generated.NetGen_Benchmarks_Networks_KerasCnn;
using LeNetCode = NetGen__Generated.NetGen_Benchmarks_Networks_LeNet;
using Mlp1024Code = NetGen__Generated.NetGen_Benchmarks_Networks_Mlp1024;
using MlpSmallCode = NetGen__Generated.NetGen_Benchmarks_Networks_MlpSmall;
using VggSmallCode = NetGen__Generated.NetGen_Benchmarks_Networks_VggSmall;

namespace NetGen.Benchmarks.Networks;

// The generated kernels lie in a namespace of each network's own: these parts of the networks' classes hand them to the benchmark.
// Layers that are too small to be bound by computing are left out.

partial class MlpSmall
{
    internal static IReadOnlyList<KernelProbe> Probes { get; } = Builder()
        .Dense("dense1", MlpSmallCode.InferenceKernels.Dense1, MlpSmallCode.TrainingKernels.Dense1WeightGradient)
        .Probes;

    private static ProbeBuilder Builder() => new(
        Summary, MlpSmallCode.InferenceMemory.Chunk, MlpSmallCode.InferenceMemory.RowLength,
        MlpSmallCode.TrainingMemory.ShardSize, MlpSmallCode.TrainingMemory.RecordLength, MlpSmallCode.TrainingMemory.ScratchLength);
}

partial class Mlp1024
{
    internal static IReadOnlyList<KernelProbe> Probes { get; } = Builder()
        .Dense("dense1", Mlp1024Code.InferenceKernels.Dense1, Mlp1024Code.TrainingKernels.Dense1WeightGradient)
        .Dense("dense2", Mlp1024Code.InferenceKernels.Dense2, Mlp1024Code.TrainingKernels.Dense2WeightGradient, Mlp1024Code.TrainingKernels.Dense2InputGradient)
        .Probes;

    private static ProbeBuilder Builder() => new(
        Summary, Mlp1024Code.InferenceMemory.Chunk, Mlp1024Code.InferenceMemory.RowLength,
        Mlp1024Code.TrainingMemory.ShardSize, Mlp1024Code.TrainingMemory.RecordLength, Mlp1024Code.TrainingMemory.ScratchLength);
}

partial class LeNet
{
    internal static IReadOnlyList<KernelProbe> Probes { get; } = Builder()
        .Convolution("conv1", LeNetCode.InferenceKernels.Conv1, LeNetCode.TrainingKernels.Conv1WeightGradient)
        .Convolution("conv2", LeNetCode.InferenceKernels.Conv2, LeNetCode.TrainingKernels.Conv2WeightGradient,
            (ref dy, ref w, ref dx) => LeNetCode.TrainingKernels.Conv2InputGradient(ref dy, ref w, ref w, ref dx))
        .Probes;

    private static ProbeBuilder Builder() => new(
        Summary, LeNetCode.InferenceMemory.Chunk, LeNetCode.InferenceMemory.RowLength,
        LeNetCode.TrainingMemory.ShardSize, LeNetCode.TrainingMemory.RecordLength, LeNetCode.TrainingMemory.ScratchLength);
}

partial class KerasCnn
{
    internal static IReadOnlyList<KernelProbe> Probes { get; } = Builder()
        .Convolution("conv1", KerasCnnCode.InferenceKernels.Conv1, KerasCnnCode.TrainingKernels.Conv1WeightGradient)
        .Convolution("conv2", KerasCnnCode.InferenceKernels.Conv2, KerasCnnCode.TrainingKernels.Conv2WeightGradient, KerasCnnCode.TrainingKernels.Conv2InputGradient)
        .Probes;

    private static ProbeBuilder Builder() => new(
        Summary, KerasCnnCode.InferenceMemory.Chunk, KerasCnnCode.InferenceMemory.RowLength,
        KerasCnnCode.TrainingMemory.ShardSize, KerasCnnCode.TrainingMemory.RecordLength, KerasCnnCode.TrainingMemory.ScratchLength);
}

partial class VggSmall
{
    internal static IReadOnlyList<KernelProbe> Probes { get; } = Builder()
        .Convolution("conv1", VggSmallCode.InferenceKernels.Conv1, VggSmallCode.TrainingKernels.Conv1WeightGradient)
        .Convolution("conv2", (ref x, ref w, ref bias, ref y) => VggSmallCode.InferenceKernels.Conv2(ref x, ref w, ref bias, ref y, 0, 16), VggSmallCode.TrainingKernels.Conv2WeightGradient, VggSmallCode.TrainingKernels.Conv2InputGradient)
        .Convolution("conv3", (ref x, ref w, ref bias, ref y) => VggSmallCode.InferenceKernels.Conv3(ref x, ref w, ref bias, ref y, 0, 16), VggSmallCode.TrainingKernels.Conv3WeightGradient, VggSmallCode.TrainingKernels.Conv3InputGradient)
        .Convolution("conv4", (ref x, ref w, ref bias, ref y) => VggSmallCode.InferenceKernels.Conv4(ref x, ref w, ref bias, ref y, 0, 8), VggSmallCode.TrainingKernels.Conv4WeightGradient, VggSmallCode.TrainingKernels.Conv4InputGradient)
        .Dense("dense1", VggSmallCode.InferenceKernels.Dense1, VggSmallCode.TrainingKernels.Dense1WeightGradient, VggSmallCode.TrainingKernels.Dense1InputGradient)
        .Probes;

    private static ProbeBuilder Builder() => new(
        Summary, VggSmallCode.InferenceMemory.Chunk, VggSmallCode.InferenceMemory.RowLength,
        VggSmallCode.TrainingMemory.ShardSize, VggSmallCode.TrainingMemory.RecordLength, VggSmallCode.TrainingMemory.ScratchLength);
}
