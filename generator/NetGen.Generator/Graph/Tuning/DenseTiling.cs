namespace NetGen.Generator.Graph.Tuning;

/// <summary>How many samples and panels of a dense layer with more than one panel are computed together.</summary>
internal static class DenseTiling
{
    /// <summary>Accumulators that keep both multipliers busy for a single sample.</summary>
    private const int SingleSampleVectors = 8;

    /// <summary>From this many samples on, the gradient with respect to the inputs is worth a transpose of the weights.</summary>
    public const int LeastTransposed = 4;

    /// <summary>From this many panels of inputs on, threads share them; fewer would leave threads without work.</summary>
    public const int LeastTransposedPanels = 8;

    /// <summary>
    /// Whether a row of a tile of so many samples takes long enough to prefetch a cache line of the next panel as well: with vectors of 512 bits. With 256 bits and two multiply-adds a cycle, a row of six samples takes 6
    /// cycles, and what the address takes would add a third to a half.
    /// </summary>
    public static bool ReadsAhead(int samples, VectorWidth width) => width.Lanes == 16 && samples >= ProductLoop.PrefetchingPositions;

    /// <summary>
    /// Whether the kernel of a weight gradient prefetches the weights that are updated with it, a cache line of each kind in each term of a tile's sums: with vectors of 512 bits, where a term takes 16 cycles. A row of the tile
    /// is two whole cache lines.
    /// </summary>
    public static bool PrefetchesUpdated(ColumnGroup group, VectorWidth width) => width.Lanes == ProductLoop.LineFloats && group.Vectors > 1 && group.PanelWidth == RegisterTile.PanelWidth;

    /// <summary>The most samples of a tile.</summary>
    public static int LargestTile(int vectors, VectorWidth width) => Math.Min(width.Accumulators < 16 ? 6 : 11, width.Accumulators / vectors);

    /// <summary>How many panels a single sample takes side by side.</summary>
    public static int PanelsTogether(int columns, VectorWidth width) =>
        Math.Min(columns / RegisterTile.PanelWidth, Math.Max(1, SingleSampleVectors * width.Lanes / RegisterTile.PanelWidth));
}
