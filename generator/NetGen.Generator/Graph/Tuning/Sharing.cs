namespace NetGen.Generator.Graph.Tuning;

/// <summary>How threads share an operation where there is only one sample: each takes a part of its rows or panels.</summary>
/// <param name="Parts">How many parts there are.</param>
/// <param name="Size">Rows or panels of one part; what is left belongs to the last one.</param>
/// <param name="All">All of them.</param>
/// <param name="What">What they are: <c>rows</c> or <c>panels</c>.</param>
internal sealed record Sharing(int Parts, int Size, int All, string What)
{
    /// <summary>Samples that go through operations on all samples together.</summary>
    public const int Chunk = 64;

    /// <summary>A thread's part of a batch is a multiple of this, from which on all tiles of dense layers are whole.</summary>
    public const int ChunkStep = 8;

    /// <summary>From this many weights on, threads share a dense layer's panels where there is only one sample.</summary>
    public const int SharedWeight = 1 << 18;

    /// <summary>Rows, after pooling, of one thread's part of a shared convolution.</summary>
    public const int PartRows = 4;

    /// <summary>Floating-point operations from which on a batch is worth a second thread.</summary>
    private const long ParallelFlops = 4_000_000;

    /// <summary>From this many multiply-adds on, threads share a convolution's rows where there is only one sample.</summary>
    private const long SharedProducts = 4_000_000;

    /// <summary>Panels of one thread's part of a shared dense layer: as many as the widest kernel takes side by side for one sample, and a multiple of what the others take.</summary>
    private const int PartPanels = 4;

    /// <summary>Shares the panels of a dense layer, where it takes much longer than threads need to meet.</summary>
    public static Sharing? OfPanels(int columns, long weights)
    {
        int parts = columns / (PartPanels * RegisterTile.PanelWidth);
        return parts > 1 && weights >= SharedWeight ? new(parts, PartPanels, RegisterTile.Panels(columns), "panels") : null;
    }

    /// <summary>Shares the rows of a convolution, where it takes much longer than threads need to meet.</summary>
    public static Sharing? OfRows(int rows, long products) =>
        rows / PartRows > 1 && products >= SharedProducts ? new(rows / PartRows, PartRows, rows, "rows") : null;

    /// <summary>The least number of samples that threads share when nobody said how many threads.</summary>
    public static long LeastParallel(NetworkPlan plan) =>
        Math.Max(plan.Inference.Operations.Any(operation => operation.Sharing is not null) ? 1 : 2, ParallelFlops / Math.Max(1, plan.Model.Flops));
}
