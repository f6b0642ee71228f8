using NetGen.Tests.Support;

namespace NetGen.Tests.Kernels;

/// <summary>Average pooling of odd sizes, strides, paddings and orders.</summary>
internal static class AverageNetworks
{
    /// <summary>Windows of 1, 4 and 16 pixels without padding: with small integers the averages are exact.</summary>
    public static NetworkList Exact { get; } = new NetworkList()
        .Add<AveragedPairs>()
        .Add<AverageBeforeReLU>()
        .Add<AverageBetweenMaxima>()
        .Add<SparseAverages>()
        .Add<AverageIntoHalo>()
        .Add<AverageOfManyChannels>()
        .Add<AverageSpatialHead>();

    public static NetworkList All { get; } = new NetworkList()
        .AddAll(Exact)
        .Add<AverageTwice>()
        .Add<PaddedAverages>()
        .Add<AverageOverInput>()
        .Add<SparsePaddedAverages>()
        .Add<AverageOfOneColumn>()
        .Add<SharedRowsOfAverages>();
}
