using NetGen.Tests.Support;

namespace NetGen.Tests.Kernels;

/// <summary>Batch normalisation in every place, and in every kind of kernel.</summary>
internal static class NormNetworks
{
    public static NetworkList All { get; } = new NetworkList()
        .Add<NormsUnrolled>()
        .Add<NormsOfPanels>()
        .Add<WholeBatchNorm>()
        .Add<NormsOfSharedPanels>()
        .Add<NormsOfImages>()
        .Add<NormOfPairs>()
        .Add<NormOfFewFilters>()
        .Add<NormOfPooledPairs>()
        .Add<NormOfLines>()
        .Add<NormsOfPooling>()
        .Add<NormOfSharedRows>()
        .Add<NormsInABlock>()
        .Add<NormsBehindFlatten>()
        .Add<NormsOfSequences>()
        .Add<FrozenNorms>();
}
