using NetGen.Tests.Support;

namespace NetGen.Tests.Kernels;

/// <summary>Convolutions with groups, dilation and explicit padding, depthwise convolutions, and convolutions of sequences.</summary>
internal static class GroupedNetworks
{
    public static NetworkList All { get; } = new NetworkList()
        .Add<ThreeGroups>()
        .Add<WideGroups>()
        .Add<DilatedKernels>()
        .Add<PaddingOverKernel>()
        .Add<DepthwiseStack>()
        .Add<WideDepthwise>()
        .Add<LargeDepthwise>()
        .Add<SequenceStack>()
        .Add<LongSequence>();
}
