using NetGen.Tests.Support;

namespace NetGen.Tests.Kernels;

/// <summary>Sums of earlier layers, in every place that a declaration can have them in.</summary>
internal static class ResidualNetworks
{
    public static NetworkList All { get; } = new NetworkList()
        .Add<TwiceTheSame>()
        .Add<SumWithFeatures>()
        .Add<SumWithImage>()
        .Add<SumOfSequences>()
        .Add<ResidualPanels>()
        .Add<LargeResidual>()
        .Add<SumOfLogits>()
        .Add<SumAsSpatialHead>()
        .Add<SumWithMaxima>()
        .Add<SumWithAverages>()
        .Add<SeveralReaders>()
        .Add<NestedBlocks>()
        .Add<SumsOfSums>()
        .Add<UnequalHalos>()
        .Add<StrideAfterSum>()
        .Add<SumOfPairs>()
        .Add<Bottleneck>()
        .Add<SharedRowsOfSums>()
        .Add<SumWithFlattened>()
        .Add<SumsAroundPooling>()
        .Add<SumsAroundDense>();
}
