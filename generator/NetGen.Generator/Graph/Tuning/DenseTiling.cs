namespace NetGen.Generator.Graph.Tuning;

/// <summary>How many samples and panels of a dense layer with more than one panel are computed together.</summary>
internal static class DenseTiling
{
    /// <summary>Accumulators that keep both multipliers busy for a single sample.</summary>
    private const int SingleSampleVectors = 8;

    /// <summary>How many samples the small tiles take together, largest first.</summary>
    public static int[] SmallTiles(int shardSize, VectorWidth width) => width.Accumulators < 16 ? [4] : shardSize > 0 ? [8] : [8, 4];

    /// <summary>How many samples a tile takes where there are many samples: the last tile is shifted back and recomputes the overlap.</summary>
    public static int LargeTile(int vectors, VectorWidth width) => Math.Min(LargestTile(width), width.Accumulators / vectors);

    /// <summary>
    /// From how many samples on the large tiles are worth the overlap that they recompute. Never in shards of eight; nor where results are
    /// added to stored values, because the overlap would be added twice.
    /// </summary>
    public static int LargeFrom(int shardSize, bool adds, VectorWidth width) => shardSize is 0 or > 8 && !adds ? 2 * LargestTile(width) : int.MaxValue;

    /// <summary>How many panels a single sample takes side by side.</summary>
    public static int PanelsTogether(int columns, VectorWidth width) =>
        Math.Min(columns / RegisterTile.PanelWidth, Math.Max(1, SingleSampleVectors * width.Lanes / RegisterTile.PanelWidth));

    private static int LargestTile(VectorWidth width) => width.Accumulators < 16 ? 6 : 11;
}
