namespace NetGen.Generator.Graph.Tuning;

/// <summary>How the loop over the terms of a tile's sums is emitted: when it is unrolled, and when weights are prefetched.</summary>
internal static class ProductLoop
{
    /// <summary>The most multiply-adds of a loop that is fully unrolled.</summary>
    public const int MaxUnrolled = 448;

    /// <summary>From this many terms in a filter line on, a loop over the lines costs nothing, so only the terms of one line are unrolled.</summary>
    public const int LongLine = 6;

    /// <summary>From this many rows on, the weights of a panel do not stay in the L1 cache, so they are prefetched.</summary>
    public const int PrefetchedRows = 256;

    /// <summary>How many rows ahead weights are prefetched: 16 rows of a large tile take as long as a load from the L3 cache.</summary>
    public const int PrefetchDistance = 16;

    /// <summary>From this many positions of a tile on, prefetches take no time from the multiply-adds.</summary>
    public const int PrefetchingPositions = 6;

    /// <summary>Floats of a cache line.</summary>
    public const int LineFloats = 16;

    /// <summary>Cache lines of a block of 32 rows and 32 columns of weights. Such blocks lie together, also where the next ones to be read are those of a panel of the transpose.</summary>
    public const int LinesTogether = 64;
}
