using NetGen.Tests.Support;

namespace NetGen.Tests.Kernels;

/// <summary>Leaky rectifiers in every place. Their slopes are powers of two, with which small integers stay exact.</summary>
internal static class LeakyNetworks
{
    public static NetworkList All { get; } = new NetworkList()
        .Add<LeakyHead>()
        .Add<LeakyPartialSums>()
        .Add<LeakyFeatures>()
        .Add<LeakyPanels>()
        .Add<LeakyLarge>()
        .Add<LeakySequence>()
        .Add<LeakySameStack>()
        .Add<LeakyRuns>()
        .Add<LeakyPairs>()
        .Add<LeakyFiveChannels>()
        .Add<LeakySpatialHead>();
}
