using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Operations;

namespace NetGen.Generator.Graph.Tuning;

/// <summary>
/// Convolutions with few filters, which would fill vectors only in part. The lanes of a vector are neighbouring outputs instead, as they lie in memory, and inputs are repeated to match:
/// with three filters, a vector of inputs is x₀ x₀ x₀ x₁ x₁ x₁ and so on. So only the last vector of a row may not be full.
/// </summary>
internal static class RepeatedInputs
{
    /// <summary>The most filters: those of one panel.</summary>
    private const int MostFilters = RegisterTile.PanelWidth - 1;

    /// <summary>Floats of the longest vector.</summary>
    private const int LongestVector = 16;

    /// <summary>How much less it must cost than the other ways: the constants are those of one processor.</summary>
    private const double Margin = 0.9;

    /// <summary>Loading a vector that is not aligned takes as long as so many loads: it lies on two cache lines.</summary>
    private const double LoadsOfVector = 2;

    /// <summary>Multiply-adds that take as long as setting up and storing a tile.</summary>
    private const double CostOfTile = 28;

    /// <summary>Multiply-adds that take as long as loading one of the sums that belong to an output, and taking the maximum.</summary>
    private const double CostOfWindow = 1;

    /// <summary>Multiply-adds that take as long as storing an output, position by position.</summary>
    private const double CostOfOutput = 4;

    /// <summary>How much more the tiles of parts may cost than those of the whole image.</summary>
    private const double MostCostOfParts = 1.1;

    /// <summary>The most floats of sums that a kernel puts aside on the stack.</summary>
    private const int MostAside = 16_384;

    /// <summary>The longest row of outputs: the sums of the rows of a window have room on the stack.</summary>
    private const int MostOfRow = 5_000;

    private static readonly Remembered<(ConvolutionShape Shape, int Bits), int?> Chosen = new();

    /// <summary>The rows of a tile, before pooling; null where another algorithm is used. A tile is one vector wide.</summary>
    public static int? Rows(ConvolutionShape conv, VectorWidth width) =>
        !IsPossible(conv, width) ? null : Chosen.Get((conv.WithoutNames, width.Bits), () => Find(conv, width));

    /// <summary>The cycles of the sums of one sample that are expected; infinitely many where it is not possible.</summary>
    public static double LeastCost(ConvolutionShape conv, VectorWidth width) =>
        IsPossible(conv, width) && Best(Alone(conv), width) is { } best ? best.Cost : double.PositiveInfinity;

    /// <summary>Whether some vector width uses it, so that the kernel takes repeated filters.</summary>
    public static bool MayBeUsed(ConvolutionShape conv) => VectorWidth.All.Any(width => ConvolutionTiling.Choose(conv, width) == ConvolutionAlgorithm.Repeated);

    /// <summary>Floats from the weights of one line of the repeated filters to those of the next one: a vector may begin at any filter.</summary>
    public static int FilterLength(int filters) => filters + LongestVector - 1;

    /// <summary>Whether sums are stored as they are computed, instead of position by position.</summary>
    public static bool StoresVectors(ConvolutionShape conv) =>
        !conv.Epilogue.Pools && !conv.Epilogue.ChangesStored && !conv.Epilogue.ReadsChannels && !conv.Epilogue.Operands.Any() && conv.OutputPixelStride == conv.Columns;

    /// <summary>Whether the maxima of the rows of a window are taken before those of its columns.</summary>
    public static bool TakesMaximaOfRows(ConvolutionShape conv) => conv.Epilogue.Pools && !conv.KeepsArgmax;

    /// <summary>The rows of sums that a tile puts aside.</summary>
    public static int AsideRows(ConvolutionShape conv, int rows) => TakesMaximaOfRows(conv) ? rows / conv.Epilogue.Pool : rows;

    /// <summary>Floats from one of these rows to the next one: a whole vector is loaded at each position.</summary>
    public static int AsideStride(ConvolutionShape conv, VectorWidth width) => (conv.Width * conv.Columns) + width.Lanes;

    /// <summary>The floats that a tile puts aside.</summary>
    public static int AsideLength(ConvolutionShape conv, int rows, VectorWidth width) => AsideRows(conv, rows) * AsideStride(conv, width);

    /// <summary>Whether parts of so many rows, after pooling, cost little more than the whole.</summary>
    public static bool PartsCostLittleMore(ConvolutionShape conv, int rows, VectorWidth width) =>
        Best(conv with { Sharing = null }, width) is { } whole
        && Best(conv with { Sharing = new(conv.Height / conv.Epilogue.Pool / rows, rows, conv.Height / conv.Epilogue.Pool, SharesPanels: false) }, width) is { } part
        && part.Cost <= MostCostOfParts * whole.Cost;

    /// <summary>Whether a weight gradient is computed so.</summary>
    public static bool TakesGradient(ConvolutionOperation operation, VectorWidth width)
    {
        FilterShape filters = operation.Filters;
        return filters is { Stride: 1, Dilation: 1, Groups: 1, Count: <= MostFilters }
            && IsPossible(operation.GroupChannels, filters.Count, width)
            && operation.Computed.Height >= filters.Height
            && GradientColumns(filters.Height, filters.Width, width) > 0
            && CostOfGradient(operation, width) < Margin * ConvolutionTiling.CostOfWeightGradient(operation, width);
    }

    /// <summary>The floats of the sums of a weight gradient, which are those of repeated filters; 0 where no vector width computes it so.</summary>
    public static int GradientSumsLength(ConvolutionOperation operation) =>
        VectorWidth.All.Any(width => TakesGradient(operation, width)) ? operation.Terms * FilterLength(operation.Filters.Count) : 0;

    /// <summary>How many columns of the filters a tile of a weight gradient takes, with all lines: their sums and as many rows of gradients stay in registers. 0 if there are too many lines.</summary>
    public static int GradientColumns(int height, int kernelWidth, VectorWidth width) => Math.Min(kernelWidth, (width.Registers - 2 - height) / height);

    /// <summary>How many vectors of a row begin with different filters; after them, the next one begins with the filter of the first one again.</summary>
    public static int Phases(int filters, VectorWidth width) => filters / Math.Min(filters & -filters, width.Lanes);

    /// <summary>The cycles that are expected for one sample.</summary>
    public static double Cost(ConvolutionShape conv, int rows, VectorWidth width)
    {
        int pool = conv.Epilogue.Pool;
        int tiles = Ceiling(conv.Height, rows) * Ceiling(conv.Width * conv.Columns, width.Lanes);
        double ofTerm = Math.Max(conv.KernelHeight * rows, LoadsOfVector * (rows + (2 * conv.KernelHeight) - 1));
        int window = TakesMaximaOfRows(conv) ? pool : pool * pool;
        double ofOutput = StoresVectors(conv) ? 0 : (window * CostOfWindow * (conv.KeepsArgmax ? 2 : 1)) + CostOfOutput;
        double ofOutputs = (double)(conv.Height / pool) * (conv.Width / pool) * Ceiling(conv.Columns, width.Lanes) * ofOutput;
        return ((tiles * ((conv.LineLength * ofTerm) + CostOfTile)) + ofOutputs) / RegisterTile.UnitsPerCycle;
    }

    // The inputs of all lanes must come from one vector.
    private static bool IsPossible(int channels, int filters, VectorWidth width) => filters % width.Lanes > 0 && (filters + width.Lanes - 2) / filters * channels < width.Lanes;

    private static bool IsPossible(ConvolutionShape conv, VectorWidth width) =>
        conv is { TakesRepeated: true, IsDepthwise: false, TakesBothWeights: false, Columns: <= MostFilters }
        && IsPossible(conv.Channels, conv.Columns, width)
        && conv.Width * conv.Columns >= width.Lanes && conv.Width * conv.Columns <= MostOfRow

        // The last vector of a row is shifted back and computes some sums again.
        && (!conv.MayAdd || (conv.Width * conv.Columns) % width.Lanes == 0);

    private static int? Find(ConvolutionShape conv, VectorWidth width)
    {
        if (WinogradTiling.Choose(conv, width) is not null)
            return null;
        ConvolutionShape alone = Alone(conv);
        bool isFaster = Best(alone, width) is { } best && best.Cost < Margin * ConvolutionTiling.CostOfOthers(alone, width);
        return isFaster ? Best(conv, width)?.Rows : null;
    }

    /// <summary>
    /// The sums alone. Their terms are added in another order than by other algorithms of direct sums, so that the bits may differ: the choice must not depend on what follows the
    /// convolution, on whether threads share it, or on whether it is for training.
    /// </summary>
    private static ConvolutionShape Alone(ConvolutionShape conv) => conv.WithoutNames with
    {
        Epilogue = Epilogue.None, KeepsArgmax = false, Sharing = null, OutputPixelStride = conv.Columns, Adds = conv.MayAdd, Winograd = WinogradMode.Never,
    };

    private static (int Rows, double Cost)? Best(ConvolutionShape conv, VectorWidth width)
    {
        int pool = conv.Epilogue.Pool;
        int most = Math.Min(width.Registers - 3 - conv.KernelHeight, conv.Height);
        return (
            from rows in Enumerable.Range(1, Math.Max(0, most))
            where rows % pool == 0 && (StoresVectors(conv) || AsideLength(conv, rows, width) <= MostAside) && (conv.PartRows == 0 || conv.PartRows % (rows / pool) == 0) && (!conv.MayAdd || conv.Height % rows == 0)
            let cost = Cost(conv, rows, width)
            orderby cost
            select ((int, double)?)(rows, cost)).FirstOrDefault();
    }

    /// <summary>The cycles that are expected for one sample.</summary>
    private static double CostOfGradient(ConvolutionOperation operation, VectorWidth width)
    {
        FilterShape filters = operation.Filters;
        int parts = Ceiling(filters.Width, GradientColumns(filters.Height, filters.Width, width));
        int tiles = Ceiling(operation.Computed.Width * filters.Count, width.Lanes) * operation.GroupChannels;
        double ofRow = Math.Max(filters.Height * filters.Width, LoadsOfVector * (filters.Width + parts));
        return tiles * ((operation.Computed.Height * ofRow) + (parts * CostOfTile)) / RegisterTile.UnitsPerCycle;
    }

    private static int Ceiling(int value, int divisor) => (value + divisor - 1) / divisor;
}
