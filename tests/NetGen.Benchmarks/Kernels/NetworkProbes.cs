using System.Runtime.Intrinsics;
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
    internal static IReadOnlyList<KernelProbe> Probes { get; } =
        Vector512.IsHardwareAccelerated ? Of<MlpSmallCode.Kernels512>()
        : Vector256.IsHardwareAccelerated ? Of<MlpSmallCode.Kernels256>()
        : Of<MlpSmallCode.Kernels128>();

    private static IReadOnlyList<KernelProbe> Of<TKernels>() where TKernels : struct, MlpSmallCode.IKernels => new ProbeBuilder(Summary, MlpSmallCode.Inference.Plan, MlpSmallCode.Training.Plan)
        .Dense("dense1", TKernels.Dense1, TKernels.Dense1WeightGradient)
        .Probes;
}

partial class Mlp1024
{
    internal static IReadOnlyList<KernelProbe> Probes { get; } =
        Vector512.IsHardwareAccelerated ? Of<Mlp1024Code.Kernels512>()
        : Vector256.IsHardwareAccelerated ? Of<Mlp1024Code.Kernels256>()
        : Of<Mlp1024Code.Kernels128>();

    private static IReadOnlyList<KernelProbe> Of<TKernels>() where TKernels : struct, Mlp1024Code.IKernels => new ProbeBuilder(Summary, Mlp1024Code.Inference.Plan, Mlp1024Code.Training.Plan)
        .Dense("dense1", (ref x, ref w, ref bias, ref y, samples) => TKernels.Dense1(ref x, ref w, ref bias, ref y, samples, 0, 32), TKernels.Dense1WeightGradient)
        .Dense("dense2", (ref x, ref w, ref bias, ref y, samples) => TKernels.Dense2(ref x, ref w, ref bias, ref y, samples, 0, 32), TKernels.Dense2WeightGradient, TKernels.Dense2InputGradient)
        .Probes;
}

partial class LeNet
{
    internal static IReadOnlyList<KernelProbe> Probes { get; } =
        Vector512.IsHardwareAccelerated ? Of<LeNetCode.Kernels512>()
        : Vector256.IsHardwareAccelerated ? Of<LeNetCode.Kernels256>()
        : Of<LeNetCode.Kernels128>();

    private static IReadOnlyList<KernelProbe> Of<TKernels>() where TKernels : struct, LeNetCode.IKernels => new ProbeBuilder(Summary, LeNetCode.Inference.Plan, LeNetCode.Training.Plan)
        .Convolution("conv1", (ref x, ref w, ref bias, ref y) => TKernels.Conv1(ref x, ref WinogradMemory.Weights, ref y),
            (ref x, ref dz, ref dw, sample) => TKernels.Conv1WeightGradient(ref x, ref dz, ref dw, ref WinogradMemory.Sums, sample, ProbeBuilder.ConvolutionSamples))
        .Convolution("conv2", (ref x, ref w, ref bias, ref y) => TKernels.Conv2(ref x, ref WinogradMemory.Weights, ref bias, ref y, ref WinogradMemory.Workspace, 0, 5),
            (ref x, ref dz, ref dw, _) => TKernels.Conv2WeightGradient(ref x, ref dz, ref dw), (ref dy, ref w, ref dx) => TKernels.Conv2InputGradient(ref dy, ref w, ref w, ref dx))
        .Probes;
}

partial class KerasCnn
{
    internal static IReadOnlyList<KernelProbe> Probes { get; } =
        Vector512.IsHardwareAccelerated ? Of<KerasCnnCode.Kernels512>()
        : Vector256.IsHardwareAccelerated ? Of<KerasCnnCode.Kernels256>()
        : Of<KerasCnnCode.Kernels128>();

    private static IReadOnlyList<KernelProbe> Of<TKernels>() where TKernels : struct, KerasCnnCode.IKernels => new ProbeBuilder(Summary, KerasCnnCode.Inference.Plan, KerasCnnCode.Training.Plan)
        .Convolution("conv1", (ref x, ref w, ref bias, ref y) => TKernels.Conv1(ref x, ref w, ref bias, ref y, 0, 12), (ref x, ref dz, ref dw, _) => TKernels.Conv1WeightGradient(ref x, ref dz, ref dw))
        .Convolution("conv2", (ref x, ref w, ref bias, ref y) => TKernels.Conv2(ref x, ref WinogradMemory.Weights, ref bias, ref y, ref WinogradMemory.Workspace, 0, 2),
            (ref x, ref dz, ref dw, sample) => TKernels.Conv2WeightGradient(ref x, ref dz, ref dw, ref WinogradMemory.Workspace, ref WinogradMemory.Sums, sample, ProbeBuilder.ConvolutionSamples),
            (ref dy, ref w, ref dx) => TKernels.Conv2InputGradient(ref dy, ref WinogradMemory.Weights, ref dx, ref WinogradMemory.Workspace))
        .Probes;
}

partial class VggSmall
{
    internal static IReadOnlyList<KernelProbe> Probes { get; } =
        Vector512.IsHardwareAccelerated ? Of<VggSmallCode.Kernels512>()
        : Vector256.IsHardwareAccelerated ? Of<VggSmallCode.Kernels256>()
        : Of<VggSmallCode.Kernels128>();

    private static IReadOnlyList<KernelProbe> Of<TKernels>() where TKernels : struct, VggSmallCode.IKernels => new ProbeBuilder(Summary, VggSmallCode.Inference.Plan, VggSmallCode.Training.Plan)
        .Convolution("conv1", (ref x, ref w, ref bias, ref y) => TKernels.Conv1(ref x, ref w, ref bias, ref y, 0, 32), (ref x, ref dz, ref dw, _) => TKernels.Conv1WeightGradient(ref x, ref dz, ref dw))
        .Convolution("conv2", (ref x, ref w, ref bias, ref y) => TKernels.Conv2(ref x, ref WinogradMemory.Weights, ref bias, ref y, ref WinogradMemory.Workspace, 0, 16),
            (ref x, ref dz, ref dw, sample) => TKernels.Conv2WeightGradient(ref x, ref dz, ref dw, ref WinogradMemory.Workspace, ref WinogradMemory.Sums, sample, ProbeBuilder.ConvolutionSamples),
            (ref dy, ref w, ref dx) => TKernels.Conv2InputGradient(ref dy, ref WinogradMemory.Weights, ref dx, ref WinogradMemory.Workspace))
        .Convolution("conv3", (ref x, ref w, ref bias, ref y) => TKernels.Conv3(ref x, ref WinogradMemory.Weights, ref bias, ref y, ref WinogradMemory.Workspace, 0, 16),
            (ref x, ref dz, ref dw, sample) => TKernels.Conv3WeightGradient(ref x, ref dz, ref dw, ref WinogradMemory.Workspace, ref WinogradMemory.Sums, sample, ProbeBuilder.ConvolutionSamples),
            (ref dy, ref w, ref dx) => TKernels.Conv3InputGradient(ref dy, ref WinogradMemory.Weights, ref dx, ref WinogradMemory.Workspace))
        .Convolution("conv4", (ref x, ref w, ref bias, ref y) => TKernels.Conv4(ref x, ref WinogradMemory.Weights, ref bias, ref y, ref WinogradMemory.Workspace, 0, 8),
            (ref x, ref dz, ref dw, sample) => TKernels.Conv4WeightGradient(ref x, ref dz, ref dw, ref WinogradMemory.Workspace, ref WinogradMemory.Sums, sample, ProbeBuilder.ConvolutionSamples),
            (ref dy, ref w, ref dx) => TKernels.Conv4InputGradient(ref dy, ref WinogradMemory.Weights, ref dx, ref WinogradMemory.Workspace))
        .Dense("dense1", (ref x, ref w, ref bias, ref y, samples) => TKernels.Dense1(ref x, ref w, ref bias, ref y, samples, 0, 16), TKernels.Dense1WeightGradient, TKernels.Dense1InputGradient)
        .Probes;
}
