using NetGen.Generator.Graph.Kernels;

namespace NetGen.Generator.Graph.Tuning;

/// <summary>
/// Convolutions by 3×3 or 5×5 with stride 1 that are computed with Winograd's transforms. With 3×3, 36 products of matrices for 16 outputs, which directly take 144, or
/// 16 for 4 outputs; with 5×5, 36 for 4, which directly take 100. They pay where the transforms cost less than the products that they save.
/// </summary>
internal static class WinogradTiling
{
    /// <summary>From this many channels and filters on, the transforms may pay.</summary>
    public const int FewestChannels = 4;

    /// <summary>The most tiles of a block.</summary>
    private const int MostTiles = 32;

    /// <summary>The most channels of a block in one row: those of the shorter vector.</summary>
    private const int MostChannelsInRow = VectorNames.Few;

    /// <summary>The most floats of such a block: nearly all of its transformed inputs and its products stay in an L1 cache of 32 KB.</summary>
    private const int MostFloatsInRow = 10_240;

    /// <summary>The most floats of a block: its transformed inputs and its products stay in the L2 cache, beside the weights.</summary>
    private const int MostFloats = 100_000;

    /// <summary>Cycles to load a cache line of weights from the L2 cache, as far as the products do not hide it.</summary>
    private const double CyclesOfLine = 1;

    /// <summary>The same from the L3 cache.</summary>
    private const double CyclesOfFarLine = 4;

    /// <summary>The most floats of transformed weights whose loads the products of a block in one row hide.</summary>
    private const int NearestWeights = 8_192;

    /// <summary>The most floats of transformed weights that stay in the L2 cache, beside a block.</summary>
    private const int NearWeights = 180_000;

    /// <summary>The most floats of transformed weights at all: more would not stay in the L3 cache, and take much memory.</summary>
    private const long MostWeights = 2_000_000;

    /// <summary>How much less the transforms must cost than the direct sums: their constants are those of one processor.</summary>
    public const double Margin = 0.85;

    /// <summary>How much more the parts of a shared layer may cost than the whole.</summary>
    private const double MostCostOfParts = 1.4;

    /// <summary>How much more the tiles of such a layer may cost where no threads share it.</summary>
    private const double MostCostOfWhole = 1.05;

    /// <summary>Cycles to store a vector of the sums of a block in one row.</summary>
    private const double CyclesOfSum = 0.5;

    /// <summary>Cycles to transform a cache line of weights.</summary>
    private const double CyclesOfTransformedLine = 5;

    /// <summary>The samples of a batch that share the transform of the weights in a step of training.</summary>
    private const double SamplesOfStep = 32;

    /// <summary>The tiles that fit into registers, for each size and vector width, the smallest blocks first.</summary>
    private static readonly Dictionary<(WinogradSize Size, int Bits), WinogradTile[]> Tiles = (
        from size in WinogradSize.All
        from width in VectorWidth.All
        select (Key: (size, width.Bits), Tiles: (
            from vectors in new[] { 1, 2 }
            from positions in Enumerable.Range(1, Math.Min(MostTiles, width.Accumulators / vectors))
            from repeats in Enumerable.Range(1, MostTiles / positions)
            orderby positions * repeats, vectors, positions descending
            from inRow in new[] { false, true }
            select new WinogradTile(size, positions * repeats, positions, vectors, inRow)).ToArray())).ToDictionary(tiles => tiles.Key, tiles => tiles.Tiles);

    private static readonly Remembered<(ConvolutionShape Shape, int Bits), WinogradTile?> Chosen = new();
    private static readonly Remembered<(ConvolutionShape Shape, int Rows), bool> CheapParts = new();

    /// <summary>Whether the transforms can compute a convolution, in tiles of some size.</summary>
    public static bool IsPossible(ConvolutionShape conv, WinogradSize size) =>
        conv.Winograd != WinogradMode.Never
        && conv.KernelHeight == size.Filter && conv.KernelWidth == size.Filter
        && conv is { Dilation: 1, Groups: 1, IsDepthwise: false, Step: 1, RowStep: 1 }
        && conv.Channels > 1
        && !conv.TakesBothWeights
        && size.Outputs % conv.Epilogue.Pool == 0
        && conv.Height >= size.Outputs && conv.Width >= size.Outputs

        // The last tile is shifted back and recomputes the overlap.
        && (!conv.MayAdd || (conv.Height % size.Outputs == 0 && conv.Width % size.Outputs == 0));

    /// <summary>The tiles for a vector width; null where another algorithm is used.</summary>
    public static WinogradTile? Choose(ConvolutionShape conv, VectorWidth width)
    {
        WinogradSize[] possible = [.. WinogradSize.All.Where(size => IsPossible(conv, size))];
        if (possible.Length == 0)
            return null;
        return Chosen.Get((conv.WithoutNames, width.Bits), () => Find(conv, possible, width));
    }

    private static WinogradTile? Find(ConvolutionShape conv, WinogradSize[] possible, VectorWidth width)
    {
        (WinogradTile Tile, double Cost)? best = conv.Winograd switch
        {
            WinogradMode.LargeTiles => Best(conv, possible[0], width),
            WinogradMode.SmallTiles => Best(conv, possible[possible.Length - 1], width),
            _ => Fastest(conv, possible, width) is { } fastest && fastest.Cost < Margin * Math.Min(CostOfDirect(conv, width), RepeatedInputs.LeastCost(conv, width)) ? fastest : null,
        };
        return best is not { } found ? null : conv.PartRows > 0 ? BestOfParts(conv, found, conv.PartRows, width).Tile : found.Tile;
    }

    /// <summary>Whether some vector width uses tiles of a size, so that the kernel takes weights that are transformed for them.</summary>
    public static bool Uses(ConvolutionShape conv, WinogradSize size) => VectorWidth.All.Any(width => Choose(conv, width)?.Size == size);

    /// <summary>The sizes of tiles that some vector width uses, the largest first.</summary>
    public static WinogradSize[] UsedSizes(ConvolutionShape conv) => [.. WinogradSize.All.Where(size => Uses(conv, size))];

    /// <summary>Whether parts of so many rows, after pooling, cost little more than the whole at every vector width: tiles that fill no block, and weights that are read for each part.</summary>
    public static bool PartsCostLittleMore(ConvolutionShape conv, int rows) => CheapParts.Get((conv.WithoutNames, rows), () => VectorWidth.All.All(width =>
    {
        if (Choose(conv with { Sharing = null }, width) is not { } tile)
            return ConvolutionTiling.PartsCostLittleMore(conv, rows, width);
        double whole = Cost(conv, tile, width);
        return BestOfParts(conv, (tile, whole), rows, width).Cost <= MostCostOfParts * whole;
    }));

    /// <summary>The tiles that are expected to be fastest in parts of so many rows, after pooling, among those that are not much slower for all rows, as in a batch.</summary>
    private static (WinogradTile Tile, double Cost) BestOfParts(ConvolutionShape conv, (WinogradTile Tile, double Cost) whole, int rows, VectorWidth width)
    {
        int height = rows * conv.Epilogue.Pool;
        int others = (conv.Height / height) - 1;
        ConvolutionShape part = conv with { Height = height };
        ConvolutionShape last = conv with { Height = conv.Height - (others * height) };
        return Best(
            conv,
            whole.Tile.Size,
            width,
            tile => tile.InRow != whole.Tile.InRow || Cost(conv, tile, width) > MostCostOfWhole * whole.Cost ? double.MaxValue : (others * Cost(part, tile, width)) + Cost(last, tile, width));
    }

    /// <summary>The floats of the workspace at the vector width that needs most; 0 where none uses the transforms.</summary>
    public static int WorkspaceLength(ConvolutionShape conv) =>
        VectorWidth.All.Max(width => Choose(conv, width)?.WorkspaceLength(conv.Channels, conv.Columns) ?? 0);

    /// <summary>The tiles that are expected to be fastest, with the cycles for one sample; null where there are too few channels or too many.</summary>
    private static (WinogradTile Tile, double Cost)? Fastest(ConvolutionShape conv, WinogradSize[] sizes, VectorWidth width)
    {
        long weights = (long)conv.Channels * conv.Columns;
        return Math.Min(conv.Channels, conv.Columns) < FewestChannels ? null : (
            from size in sizes
            where size.Matrices * weights <= MostWeights
            let best = Best(conv, size, width)
            orderby best.Cost
            select ((WinogradTile, double)?)best).FirstOrDefault();
    }

    /// <summary>The tiles of a size that are expected to be fastest, with the cycles for one sample.</summary>
    private static (WinogradTile Tile, double Cost) Best(ConvolutionShape conv, WinogradSize size, VectorWidth width) => Best(conv, size, width, tile => Cost(conv, tile, width));

    /// <summary>The tiles of a size that cost least, among those that fit into the caches: of equal ones the smallest block, and in it the largest register tile.</summary>
    private static (WinogradTile Tile, double Cost) Best(ConvolutionShape conv, WinogradSize size, VectorWidth width, Func<WinogradTile, double> cost)
    {
        (WinogradTile Tile, double Cost)? best = null;
        foreach (WinogradTile tile in Tiles[(size, width.Bits)])
        {
            bool isTooLarge = tile.Block > 1 && tile.WorkspaceLength(conv.Channels, conv.Columns) > (tile.InRow ? MostFloatsInRow : MostFloats);
            if (isTooLarge || (tile.InRow && (conv.Channels > MostChannelsInRow || conv.InputPixelStride != conv.Channels)))
                continue;
            double found = cost(tile);
            if (best is null || found < best.Value.Cost)
                best = (tile, found);
        }

        return best!.Value;
    }

    /// <summary>The cycles that are expected for one sample.</summary>
    public static double Cost(ConvolutionShape conv, WinogradTile tile, VectorWidth width)
    {
        // The tiles that are divided into blocks: those of a row, or all.
        int rows = tile.InRow ? Ceiling(conv.Height, tile.Outputs) : 1;
        int tiles = Ceiling(conv.Height, tile.Outputs) * Ceiling(conv.Width, tile.Outputs) / rows;
        int blocks = Ceiling(tiles, tile.Block);
        int groups = (tiles / tile.Block * (tile.Block / tile.Positions)) + Ceiling(tiles % tile.Block, tile.Positions);
        int vectors = Ceiling(conv.Columns, width.Lanes);
        double ofGroup = (vectors / tile.Vectors * CostOfProducts(conv, tile, tile.Vectors)) + (vectors % tile.Vectors * CostOfProducts(conv, tile, 1));
        double weights = (double)tile.Matrices * conv.Channels * conv.Columns;
        double ofLine = tile.InRow && weights <= NearestWeights ? 0 : weights <= NearWeights ? CyclesOfLine : CyclesOfFarLine;
        double ofWeights = blocks * weights / 16 * ofLine;
        double ofInputs = !tile.InRow ? tiles * Ceiling(conv.Channels, width.Lanes) * CyclesOfInputs(tile.Size)
            : (blocks * Ceiling(tile.LineLength(conv.Channels), width.Lanes) * CyclesOfLines(tile.Size)) + (tiles * Ceiling(conv.Channels, Math.Min(width.Lanes, MostChannelsInRow)) * CyclesOfRows(tile.Size));
        double ofOutputs = tiles * vectors * CyclesOfOutputs(tile.Size);
        double ofStep = conv.Bias ? 0 : weights / 16 * CyclesOfTransformedLine / SamplesOfStep;
        return (rows * ((tile.Matrices * groups * ofGroup) + ofWeights + ofInputs + ofOutputs)) + ofStep;
    }

    /// <summary>The cycles of a register tile of the products.</summary>
    private static double CostOfProducts(ConvolutionShape conv, WinogradTile tile, int vectors)
    {
        if (!tile.InRow)
            return RegisterTile.CostOfTile(conv.Channels, tile.Positions, vectors);

        // Sums of so few terms are unrolled, and the processor begins the next tile before it has finished one.
        int sums = tile.Positions * vectors;
        return (conv.Channels * Math.Max(sums, tile.Positions + vectors) / RegisterTile.UnitsPerCycle) + (sums * CyclesOfSum);
    }

    private static double CostOfDirect(ConvolutionShape conv, VectorWidth width)
    {
        PositionGrid grid = ConvolutionTiling.Grid(conv with { Sharing = null, Adds = conv.MayAdd }, ConvolutionAlgorithm.Direct, width);
        double vectors = (conv.Columns / width.Lanes) + NarrowColumns.ShareOfVector(conv, width);
        return conv.Terms * vectors * RegisterTile.CostOf(grid, width);
    }

    /// <summary>Cycles to transform a vector of the inputs of a tile.</summary>
    public static double CyclesOfInputs(WinogradSize size) => size.Inputs == 6 ? 130 : 60;

    /// <summary>Cycles to transform a vector of all lines of a row of tiles down the columns.</summary>
    private static double CyclesOfLines(WinogradSize size) => size.Inputs == 6 ? 9 : 5;

    /// <summary>Cycles to transform a vector of channels of a tile along all its rows.</summary>
    private static double CyclesOfRows(WinogradSize size) => size.Inputs == 6 ? 36 : 16;

    /// <summary>Cycles to make a vector of the outputs of a tile, without what a direct kernel does to them as well.</summary>
    private static double CyclesOfOutputs(WinogradSize size) => size.Outputs == 4 ? 90 : 35;

    private static int Ceiling(int value, int divisor) => (value + divisor - 1) / divisor;
}
