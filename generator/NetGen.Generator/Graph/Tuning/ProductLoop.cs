namespace NetGen.Generator.Graph.Tuning;

/// <summary>How the sum of a tile is written: which terms without a loop, and which weights are fetched ahead.</summary>
internal static class ProductLoop
{
    /// <summary>Multiply-adds that may be written out one after the other instead of in a loop.</summary>
    public const int MaxUnrolled = 448;

    /// <summary>Terms of a kernel line from which on a loop over the lines costs nothing, so that only one line is written out.</summary>
    public const int LongLine = 6;

    /// <summary>Rows of a panel from which on its weights crowd the first-level cache, so that they are fetched ahead of their use.</summary>
    public const int PrefetchedRows = 256;

    /// <summary>How many rows ahead weights are fetched: the time of 16 rows of a large tile hides the way from the third-level cache.</summary>
    public const int PrefetchDistance = 16;

    /// <summary>Positions of a tile from which on there is time to fetch beside the multiply-adds.</summary>
    public const int PrefetchingPositions = 6;
}
