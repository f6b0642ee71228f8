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
        .Add<SamePadding>()
        .Add<LeakyDense>()
        .Add<LeakyZero>()
        .Add<LeakyPool>()
        .Add<LeakyInput>()
        .Add<LeakyFlat>()
        .Add<AverageHalves>()
        .Add<AverageOverlap>()
        .Add<AverageSame>()
        .Add<AverageInput>()
        .Add<AverageStrideOne>()
        .Add<AverageLeaky>()
        .Add<AverageWhole>()
        .Add<ResidualBlock>()
        .Add<ResidualChain>()
        .Add<ResidualDense>()
        .Add<AddTwo>()
        .Add<AddItself>()
        .Add<AddPreActivation>()
        .Add<AddMaxPool>()
        .Add<AddAveragePool>()
        .Add<AddHead>()
        .Add<AddFlattened>()
        .Add<DeepResidual>();
}
