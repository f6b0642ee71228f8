using NetGen.Tests.Support;

namespace NetGen.Tests.Kernels;

/// <summary>Convolutions and poolings of odd sizes, strides and orders.</summary>
internal static class ConvolutionNetworks
{
    public static NetworkList All { get; } = new NetworkList()
        .Add<OnePosition>()
        .Add<SameStack>()
        .Add<KerasLike>()
        .Add<StrideThree>()
        .Add<StrideOverKernel>()
        .Add<LongKernels>()
        .Add<KernelOverInput>()
        .Add<PoolBetweenReLUs>()
        .Add<SparsePools>()
        .Add<PoolWithoutReLU>()
        .Add<OneColumn>()
        .Add<OneRow>()
        .Add<SpatialHead>()
        .Add<WideFlatten>()
        .Add<FromOneChannel>()
        .Add<GrowingChannels>()
        .Add<DroppedBorders>()
        .Add<PoolIntoHalo>()
        .Add<StridedInputHalo>()
        .Add<NamedLayers>()
        .Add<FiveChannels>()
        .Add<TwoChannelsStrideTwo>()
        .Add<FewChannelsNarrowImage>()
        .Add<WideKernelAfterFourChannels>()
        .Add<OnlyFewChannels>()
        .Add<SharedRows>()
        .Add<PairsOfPositions>()
        .Add<PooledPairsOfPositions>()
        .Add<OnePairOfPositions>()
        .Add<PartsOfVectors>()
        .Add<StridedPartsOfVectors>()
        .Add<SequenceOfPartsOfVectors>()
        .Add<PaddedBeforeLarge>()
        .Add<PreparedForTraining>()
        .Add<RowsOfPadding>()
        .Add<StrideOverImage>()
        .Add<NamesOfLines>()
        .Add<CroppedAgainAndAgain>()
        .Add<CroppedForTwoReaders>()
        .Add<CroppedToPadding>();
}
