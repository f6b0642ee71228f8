namespace NetGen.Generator.Graph.Tuning;

/// <summary>How threads share an operation when there are few samples, of a convolution only one: each work item is a part of its rows or panels.</summary>
/// <param name="Parts">How many parts there are.</param>
/// <param name="Size">Rows or panels of one part; the last part also has the remainder.</param>
/// <param name="All">The number of all rows or panels.</param>
/// <param name="What">What is shared: <c>rows</c> or <c>panels</c>.</param>
internal sealed record Sharing(int Parts, int Size, int All, string What)
{
    /// <summary>The largest number of samples that an operation on all samples takes in one call.</summary>
    public const int Chunk = 64;

    /// <summary>
    /// With fewer samples for each thread than this, threads share the panels of large dense layers instead of the samples: each would read all weights for a few
    /// samples.
    /// </summary>
    public const int Samples = 8;

    /// <summary>From this many weights on, threads share a dense layer's panels where there are few samples.</summary>
    public const int SharedWeight = 1 << 18;

    /// <summary>Rows, after pooling, of one thread's part of a shared convolution.</summary>
    public const int PartRows = 4;

    /// <summary>From this many floating-point operations on, a batch is worth a second thread.</summary>
    private const long ParallelFlops = 4_000_000;

    /// <summary>From this many multiply-adds on, threads share a convolution's rows where there is only one sample, also if the caller did not say how many threads.</summary>
    private const long SharedProducts = 4_000_000;

    /// <summary>From this many multiply-adds on, they do so if the caller asks for several threads: a waiting thread takes part at once, but one that sleeps is not worth waking.</summary>
    private const long QuicklySharedProducts = 1_000_000;

    /// <summary>Into how many parts such a convolution is cut at most.</summary>
    private const int QuickParts = 8;

    /// <summary>Panels of one thread's part of a shared dense layer: as many as the widest kernel computes together for one sample, and a multiple of those that the other kernels compute together.</summary>
    private const int PartPanels = 4;

    /// <summary>Shares the panels of a dense layer if it takes much longer than waking and joining threads.</summary>
    public static Sharing? OfPanels(int columns, long weights)
    {
        int parts = columns / (PartPanels * RegisterTile.PanelWidth);
        return parts > 1 && weights >= SharedWeight ? new(parts, PartPanels, RegisterTile.Panels(columns), "panels") : null;
    }

    /// <summary>Shares the rows of a convolution if it takes much longer than waking and joining threads.</summary>
    public static Sharing? OfRows(int rows, long products)
    {
        if (products < QuicklySharedProducts || rows < 2)
            return null;
        int size = products >= SharedProducts && rows >= 2 * PartRows ? PartRows : (rows + QuickParts - 1) / QuickParts;
        return new(rows / size, size, rows, "rows");
    }

    /// <summary>The least number of samples of a batch that threads share when the caller did not say how many threads.</summary>
    public static long LeastParallel(NetworkPlan plan) =>
        Math.Max(plan.Inference.Operations.Any(SharesByDefault) ? 1 : 2, ParallelFlops / Math.Max(1, plan.Model.Flops));

    private static bool SharesByDefault(Operation operation) =>
        operation.Sharing is not null && operation.Cost >= (operation.TakesAllSamples ? SharedWeight : SharedProducts);
}
