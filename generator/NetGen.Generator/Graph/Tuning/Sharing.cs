using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Tuning;

/// <summary>How threads share an operation when there are few samples, of a convolution only one: each work item is a part of its rows, or of the panels of its weights.</summary>
/// <param name="Parts">How many parts there are.</param>
/// <param name="Size">Rows or panels of one part; the last part has more rows, or fewer panels.</param>
/// <param name="All">The number of all rows or panels.</param>
/// <param name="SharesPanels">Whether panels are shared: columns of a dense layer, or filters of a convolution.</param>
internal sealed record Sharing(int Parts, int Size, int All, bool SharesPanels)
{
    /// <summary>What a part is, for comments: <c>4 rows a part</c>.</summary>
    public string PartText => Invariant($"{Size} {(SharesPanels ? "panel" : "row")}{(Size == 1 ? "" : "s")} a part");

    /// <summary>The first row or panel of a part, as C#.</summary>
    /// <param name="part">The part, as C#.</param>
    public string BeginText(string part) => Invariant($"{Size} * {part}");

    /// <summary>The row or panel after the last one of a part, as C#.</summary>
    /// <param name="part">The part, as C#.</param>
    public string EndText(string part) => Invariant($"{part} == {Parts - 1} ? {All} : {Size} * ({part} + 1)");

    /// <summary>
    /// With fewer samples for each thread than this, threads share the panels of large dense layers instead of the samples: each would read all weights for a few
    /// samples.
    /// </summary>
    public const int Samples = 8;

    /// <summary>Rows, after pooling, of one thread's part of a shared convolution.</summary>
    public const int PartRows = 4;

    /// <summary>From this many floating-point operations on, a batch is worth a second thread.</summary>
    private const long ParallelFlops = 4_000_000;

    /// <summary>From this many multiply-adds on, a convolution is worth a second thread that is awake where there is only one sample, also if the caller did not say how many threads.</summary>
    private const long SharedProducts = 4_000_000;

    /// <summary>From this many multiply-adds on, threads share a convolution where they share layers at all: one that is awake takes part within a microsecond.</summary>
    private const long QuicklySharedProducts = 150_000;

    /// <summary>From this many multiply-adds on, one sample is worth waking threads that sleep: waking one takes the caller about 15 microseconds, and it begins about 50 later.</summary>
    private const long WakingProducts = 10_000_000;

    /// <summary>Reading a weight of a dense layer from the L3 cache, 70 GB/s, takes a little less long than so many multiply-adds, 59 billion a second.</summary>
    private const long ProductsOfWeight = 4;

    /// <summary>Into how many parts such a convolution is cut, if its rows or filters allow.</summary>
    private const int QuickParts = 8;

    /// <summary>How much more the register tiles of parts may cost than those of the whole.</summary>
    public const double MostCostOfParts = 1.03;

    /// <summary>From this share of the multiply-adds on, what threads do not share hardly matters.</summary>
    private const double NearlyAll = 0.9;

    /// <summary>Panels of one thread's part of a shared dense layer: as many as the widest kernel computes together for one sample, and a multiple of those that the other kernels compute together.</summary>
    private const int PartPanels = 4;

    /// <summary>Shares the panels of a dense layer if it takes much longer than waking and joining threads.</summary>
    public static Sharing? OfPanels(int columns, long weights)
    {
        int panels = RegisterTile.Panels(columns);
        int parts = (panels + PartPanels - 1) / PartPanels;
        return parts > 1 && weights >= LargeWeights.Least ? new(parts, PartPanels, panels, SharesPanels: true) : null;
    }

    /// <summary>
    /// Shares the filters of a convolution whose rows cannot be shared, if it takes much longer than joining threads that are awake. The filters must fill whole panels, so that all of
    /// them have the same code. Each part reads all inputs, and transforms them where Winograd's transforms are used: a fifth of the work on a panel at the most.
    /// </summary>
    /// <param name="filters">The filters.</param>
    /// <param name="products">The multiply-adds.</param>
    public static Sharing? OfFilters(int filters, long products)
    {
        int panels = filters / RegisterTile.PanelWidth;
        int size = (panels + QuickParts - 1) / QuickParts;
        return products >= QuicklySharedProducts && filters % RegisterTile.PanelWidth == 0 && panels > 1
            ? new((panels + size - 1) / size, size, panels, SharesPanels: true)
            : null;
    }

    /// <summary>Shares the rows of a convolution if it takes much longer than joining threads that are awake.</summary>
    /// <param name="height">Rows, after pooling.</param>
    /// <param name="products">The multiply-adds.</param>
    /// <param name="costLittleMore">Whether parts of so many rows cost little more than the whole.</param>
    public static Sharing? OfRows(int height, long products, Func<int, bool> costLittleMore)
    {
        if (products >= SharedProducts && height >= 2 * PartRows)
            return new(height / PartRows, PartRows, height, SharesPanels: false);
        if (products < QuicklySharedProducts)
            return null;

        // Parts of nearly equal size that cost no more than the whole: a tile must not reach over the end of a part.
        for (int size = (height + QuickParts - 1) / QuickParts; size > 0; size--)
        {
            if (height / size > 1 && height % size <= size / 4 && costLittleMore(size))
                return new(height / size, size, height, SharesPanels: false);
        }

        return null;
    }

    /// <summary>Shares the rows of a convolution with Winograd's transforms if it takes much longer than joining threads that are awake.</summary>
    /// <param name="height">Rows, after pooling.</param>
    /// <param name="tileRows">Rows of a tile, which stay together.</param>
    /// <param name="products">The multiply-adds of direct sums.</param>
    /// <param name="costLittleMore">Whether parts of so many rows cost little more than the whole.</param>
    public static Sharing? OfTiles(int height, int tileRows, long products, Func<int, bool> costLittleMore)
    {
        if (products < QuicklySharedProducts)
            return null;
        int least = (height + QuickParts - 1) / QuickParts;
        for (int size = (least + tileRows - 1) / tileRows * tileRows; 2 * size <= height; size += tileRows)
        {
            if (costLittleMore(size))
                return new(height / size, size, height, SharesPanels: false);
        }

        return null;
    }

    /// <summary>Whether threads share layers also where there are a few samples: nearly all work is in shared layers that take all samples at once. Other layers are not shared then.</summary>
    public static bool SharesSamples(IReadOnlyList<Operation> operations) =>
        operations.Any(IsSharedForSamples) && operations.Where(IsSharedForSamples).Sum(operation => operation.Cost) >= NearlyAll * operations.Sum(operation => operation.Cost);

    /// <summary>Whether one sample is worth waking threads that sleep.</summary>
    /// <param name="shared">The operations that threads share.</param>
    public static bool WakesThreads(IEnumerable<Operation> shared) =>
        shared.Sum(operation => operation.Cost * (operation.TakesAllSamples ? ProductsOfWeight : 1)) >= WakingProducts;

    /// <summary>The least number of samples of a batch that threads share when the caller did not say how many threads.</summary>
    public static long LeastParallel(NetworkPlan plan) =>
        Math.Max(plan.Inference.Operations.Any(SharesByDefault) ? 1 : 2, ParallelFlops / Math.Max(1, plan.Model.Flops));

    private static bool IsSharedForSamples(Operation operation) => operation.TakesAllSamples && operation.Sharing is not null;

    private static bool SharesByDefault(Operation operation) =>
        operation.Sharing is not null && operation.Cost >= (operation.TakesAllSamples ? LargeWeights.Least : SharedProducts);
}
