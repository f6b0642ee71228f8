using NetGen.Tests.Support;

namespace NetGen.Tests.Parity;

/// <summary>The networks of tests/fixtures/make_parity.py; both must say the same.</summary>
internal static class ParityNetworks
{
    public static NetworkList All { get; } = new NetworkList()
        .Add<TinyRegression>()
        .Add<SeveralOutputs>()
        .Add<WideClassifier>()
        .Add<NarrowClassifier>()
        .Add<SoftLabels>()
        .Add<LinearRegression>()
        .Add<FlattenedInput>()
        .Add<DroppedRows>()
        .Add<LeNetLike>()
        .Add<StrideTwo>()
        .Add<NonSquare>()
        .Add<Pointwise>()
        .Add<PoolBeforeReLU>()
        .Add<OverlappingPool>()
        .Add<OddPlaces>()
        .Add<ConvolutionStack>()
        .Add<SamePadding>();
}
