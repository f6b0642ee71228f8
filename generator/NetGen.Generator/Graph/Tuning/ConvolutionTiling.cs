using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Operations;

namespace NetGen.Generator.Graph.Tuning;

/// <summary>A way to compute a convolution.</summary>
internal enum ConvolutionAlgorithm
{
    /// <summary>Each tile loads weights and values term by term.</summary>
    Direct,

    /// <summary>A line of the filters stays in registers, and each value of the input is loaded once for all outputs that use it.</summary>
    HeldLine,

    /// <summary>A vector holds two neighbouring positions of few filters.</summary>
    Pairs,

    /// <summary>For the gradient with respect to an input, which is a sum over the filters: the lanes of a vector hold filters, and are added at the end.</summary>
    Dots,

    /// <summary>Each output channel is computed from one channel of the input: the lanes of a vector hold channels.</summary>
    Depthwise,

    /// <summary>Each input is repeated for every filter: a vector holds neighbouring positions and filters as they lie in memory; see <see cref="RepeatedInputs"/>.</summary>
    Repeated,

    /// <summary>Inputs and weights are transformed, so that fewer products give the same outputs; see <see cref="WinogradTiling"/>.</summary>
    Winograd,
}

/// <summary>Which algorithm computes a convolution, and in which tiles.</summary>
internal static class ConvolutionTiling
{
    /// <summary>
    /// The most terms of a convolution's sum that are unrolled. With three weights in a filter line, a loop would cost more than the multiply-adds.
    /// </summary>
    public const int MaxUnrolledTerms = 32;

    /// <summary>
    /// The candidates, with the shapes and vector widths that each fits: the special ones first, the general one last. The first candidate
    /// that fits is used.
    /// </summary>
    private static readonly (ConvolutionAlgorithm Algorithm, Func<ConvolutionShape, VectorWidth, bool> Fits)[] Candidates =
    [
        (ConvolutionAlgorithm.Depthwise, static (conv, _) => conv.IsDepthwise),

        // A vector of channels would use at most half of its lanes.
        (ConvolutionAlgorithm.Dots, static (conv, width) => conv.TakesBothWeights && HasRoomForTwo(conv, width)),

        // Few filters leave lanes without work.
        (ConvolutionAlgorithm.Repeated, static (conv, width) => RepeatedInputs.Rows(conv, width) is not null),

        // With one channel, consecutive values belong to neighbouring positions; with few filters, two positions fit into a vector.
        (ConvolutionAlgorithm.Pairs, static (conv, width) =>
            HoldsLine(conv, width) && conv.Step == 1 && conv.Epilogue.Pool <= 2 && conv.Width % 2 == 0 && HasRoomForTwo(conv, width)),

        // With one channel, the outputs of a tile share most values of the input.
        (ConvolutionAlgorithm.HeldLine, HoldsLine),

        // Where the transforms cost less than the products that they save.
        (ConvolutionAlgorithm.Winograd, static (conv, width) => WinogradTiling.Choose(conv, width) is not null),
        (ConvolutionAlgorithm.Direct, static (_, _) => true),
    ];

    private static readonly Remembered<(ConvolutionShape Shape, int Rows, int Bits), bool> CheapParts = new();

    /// <summary>The first algorithm that fits.</summary>
    public static ConvolutionAlgorithm Choose(ConvolutionShape conv, VectorWidth width) =>
        Candidates.First(candidate => candidate.Fits(conv, width)).Algorithm;

    /// <summary>Why that algorithm, for the comment above the kernel; null for the direct one.</summary>
    public static string? Reason(ConvolutionAlgorithm algorithm) => algorithm switch
    {
        ConvolutionAlgorithm.Direct => null,
        ConvolutionAlgorithm.HeldLine => "A line of the filters stays in registers: with one channel, the outputs of a tile share most values of the input.",
        ConvolutionAlgorithm.Pairs => "Two positions share a vector: there is one channel, and the filters fill at most half of a vector.",
        ConvolutionAlgorithm.Dots => "The lanes hold filters: channels would fill at most half of a vector.",
        ConvolutionAlgorithm.Repeated => "Each input is repeated for every filter: the filters fill vectors only in part, but neighbouring outputs lie side by side in memory.",
        ConvolutionAlgorithm.Winograd => "Winograd's transforms (Lavin and Gray 2016): they cost less than the products that they save.",
        ConvolutionAlgorithm.Depthwise => "The lanes hold channels: each output channel is computed from one channel of the input.",
        _ => throw new InvalidOperationException($"No reason is known for the algorithm {algorithm}."),
    };

    /// <summary>
    /// Whether the gradient with respect to the input of a convolution may be computed with filters in the lanes, from weights that are not
    /// packed. The filters must fill whole vectors in panels of one width, and the gradients under a line of the filters must leave enough
    /// registers. The kernel then takes the weights packed and not packed, because vector widths differ in which they use.
    /// </summary>
    public static bool MayUseDots(int channels, int kernelWidth, int filters) =>
        channels is >= 2 and <= 8 && kernelWidth <= 7 && (filters == 16 || filters % RegisterTile.PanelWidth == 0);

    /// <summary>The grid of outputs that is divided into tiles.</summary>
    public static PositionGrid Grid(ConvolutionShape conv, ConvolutionAlgorithm algorithm, VectorWidth width)
    {
        int pool = conv.Epilogue.Pool;
        int partRows = conv.PartRows;
        return algorithm switch
        {
            ConvolutionAlgorithm.Direct => new(conv.Height / pool, conv.Width / pool, pool * pool, conv.Terms, 1, partRows, conv.Adds) { InsideShare = conv.InsideShare },
            ConvolutionAlgorithm.HeldLine => new(conv.Height / pool, conv.Width / pool, pool * pool, conv.Terms, conv.KernelWidth, partRows, conv.Adds) { InsideShare = conv.InsideShare },
            ConvolutionAlgorithm.Depthwise => new(conv.Height / pool, conv.Width / pool, pool * pool, conv.Terms, HoldsTaps(conv, width) ? conv.KernelWidth : 1, partRows, conv.Adds) { InsideShare = conv.InsideShare },
            ConvolutionAlgorithm.Pairs => new(conv.Height / pool, conv.Width / 2, pool, conv.Terms, conv.KernelWidth, partRows, conv.Adds),
            ConvolutionAlgorithm.Dots or ConvolutionAlgorithm.Repeated or ConvolutionAlgorithm.Winograd => throw new InvalidOperationException($"{algorithm} has no grid of positions."),
            _ => throw new InvalidOperationException($"No grid is known for the algorithm {algorithm}."),
        };
    }

    /// <summary>Whether parts of so many rows, after pooling, cost little more than the whole: register tiles must divide a part. Of an algorithm that does not use Winograd's transforms.</summary>
    public static bool PartsCostLittleMore(ConvolutionShape conv, int rows, VectorWidth width) => CheapParts.Get((conv.WithoutNames, rows, width.Bits), () =>
    {
        ConvolutionShape whole = conv with { Sharing = null };
        ConvolutionAlgorithm algorithm = Choose(whole, width);
        if (algorithm == ConvolutionAlgorithm.Repeated)
            return RepeatedInputs.PartsCostLittleMore(whole, rows, width);
        PositionGrid grid = Grid(whole, algorithm, width);
        return CostOf(conv, grid with { PartRows = rows }, width) <= Sharing.MostCostOfParts * CostOf(conv, grid, width);
    });

    /// <summary>Whether some vector width reads the weights as they are stored, and not transformed or repeated.</summary>
    public static bool UsesWeights(ConvolutionShape conv) =>
        VectorWidth.All.Any(width => Choose(conv, width) is not (ConvolutionAlgorithm.Winograd or ConvolutionAlgorithm.Repeated));

    /// <summary>Whether all vector widths repeat the inputs, so that the biases come with the repeated filters.</summary>
    public static bool IsAlwaysRepeated(ConvolutionShape conv) => VectorWidth.All.All(width => Choose(conv, width) == ConvolutionAlgorithm.Repeated);

    /// <summary>The cycles for one sample that are expected without <see cref="ConvolutionAlgorithm.Repeated"/>; 0 for an algorithm that is always faster.</summary>
    public static double CostOfOthers(ConvolutionShape conv, VectorWidth width)
    {
        ConvolutionAlgorithm other = Candidates.First(candidate => candidate.Algorithm != ConvolutionAlgorithm.Repeated && candidate.Fits(conv, width)).Algorithm;
        if (other is not (ConvolutionAlgorithm.Direct or ConvolutionAlgorithm.HeldLine or ConvolutionAlgorithm.Pairs))
            return 0;
        double vectors = other == ConvolutionAlgorithm.Direct ? (conv.Columns / width.Lanes) + NarrowColumns.ShareOfVector(conv, width)
            : (conv.Columns + width.Lanes - 1) / width.Lanes;
        return conv.Terms * vectors * RegisterTile.CostOf(Grid(conv with { Adds = conv.MayAdd }, other, width), width);
    }

    /// <summary>The cycles of a weight gradient for one sample that are expected without repeated inputs; 0 where Winograd's transforms are used.</summary>
    public static double CostOfWeightGradient(ConvolutionOperation operation, VectorWidth width)
    {
        if (WinogradGradientTiling.Choose(operation.WinogradGradient, width) is not null)
            return 0;
        int positions = operation.Computed.Height * operation.Computed.Width;
        FilterShape filters = operation.Filters;
        if (WeightGradientTakesPairs(operation.GroupChannels, filters.Stride, filters.Count, operation.Computed.Width, width))
            return filters.Height * WinogradGradientTiling.CostOfSums(operation.LineLength, 2 * filters.Count, positions / 2, width);
        return WinogradGradientTiling.CostOfDirect(filters.Height, operation.LineLength, filters.Count, positions, width);
    }

    /// <summary>The cycles that a term of the sums takes for the whole image and all filters.</summary>
    private static double CostOf(ConvolutionShape conv, PositionGrid grid, VectorWidth width)
    {
        int vectors = conv.IsDepthwise ? 1 : RegisterTile.VectorsForPositions(grid, width);
        int narrow = NarrowColumns.Count(conv, width);
        double ofVectors = RegisterTile.Groups(conv.Columns - narrow, width, vectors).Sum(group =>
            (group.EndColumn(width) - group.FirstColumn) / group.Lanes(width) * RegisterTile.ForPositions(grid, group.Vectors, width).Cost);
        if (narrow == 0)
            return ofVectors;
        (int rows, int columns) = RegisterTile.ForNarrowColumns(grid);
        return ofVectors + RegisterTile.Cost(grid, rows, columns, vectors: 1);
    }

    /// <summary>For <see cref="ConvolutionAlgorithm.Dots"/>: the columns of a tile. Each row is divided into as few equal tiles as have room for their sums and gradients in the registers.</summary>
    public static int DotColumns(ConvolutionShape conv, VectorWidth width)
    {
        int tiles = 1;
        int columns;
        do
        {
            columns = (conv.Width + tiles - 1) / tiles;
            tiles++;
        }
        while (columns > 1 && columns + conv.InputColumns(columns).Count + 2 > width.Registers);
        return columns;
    }

    /// <summary>For <see cref="ConvolutionAlgorithm.Pairs"/>: into how many strands a row is split, so that consecutive multiply-adds go to different sums.</summary>
    public static int PairStrands(ConvolutionShape conv, int rows, int columns, VectorWidth width)
    {
        int shared = conv.KernelWidth - 2;
        bool fits = (rows * columns) + conv.KernelWidth + shared + 2 <= width.Registers;
        return columns >= 4 && fits ? 2 : 1;
    }

    /// <summary>For <see cref="ConvolutionAlgorithm.Depthwise"/>: whether a line of the filters stays in registers, so that each input is loaded once for all positions that use it.</summary>
    public static bool HoldsTaps(ConvolutionShape conv, VectorWidth width) => RegisterTile.CanHold(conv.KernelWidth, width);

    /// <summary>Whether two neighbouring positions share a vector in a weight gradient, in its even and odd lanes.</summary>
    public static bool WeightGradientTakesPairs(int channels, int stride, int columns, int convolvedWidth, VectorWidth width) =>
        channels == 1 && stride == 1 && 2 * columns <= width.Lanes && convolvedWidth % 2 == 0;

    /// <summary>How many lines of the filters a tile of a weight gradient covers.</summary>
    public static int WeightGradientLines(int kernelHeight, int lineLength, int vectors, VectorWidth width) =>
        Math.Max(1, Math.Min(kernelHeight, width.Accumulators / vectors / lineLength));

    // The stores of these kernels take two positions at once, so they can neither read a second tensor, nor add to stored values, nor leave out channels.
    private static bool HasRoomForTwo(ConvolutionShape conv, VectorWidth width) =>
        2 * conv.Columns <= width.Lanes && conv.Operands.All(operand => operand.Channel is not null) && !conv.Adds && conv.OutputPixelStride == conv.Columns;

    private static bool HoldsLine(ConvolutionShape conv, VectorWidth width) =>
        conv.Channels == 1 && conv.IsContiguous && conv.Step < conv.KernelWidth && RegisterTile.CanHold(conv.KernelWidth, width);
}
