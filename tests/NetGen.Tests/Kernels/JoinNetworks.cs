using NetGen.Tests.Support;

namespace NetGen.Tests.Kernels;

/// <summary>Branches that are joined, padded and global pooling, layer normalisation and reshapes, of odd sizes.</summary>
internal static class JoinNetworks
{
    /// <summary>With small integers these are exact.</summary>
    public static NetworkList Exact { get; } = new NetworkList()
        .Add<BranchesOfOneChannel>()
        .Add<JoinsOfJoins>()
        .Add<JoinInAJoin>()
        .Add<PaddedMaxima>()
        .Add<MaximaOfSequences>()
        .Add<MeansOfPositions>()
        .Add<JoinedOutputs>();

    public static NetworkList All { get; } = new NetworkList()
        .AddAll(Exact)
        .Add<MeansOfManyPositions>()
        .Add<NormsOfPositions>()
        .Add<NormsInBranches>()
        .Add<ReshapedBranches>()
        .Add<SharedRowsOfBranches>()
        .Add<SharedPanelsOfBranches>();
}
