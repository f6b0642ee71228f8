namespace NetGen.Generator.Graph.Tuning;

/// <summary>The sizes of a weight gradient that may be computed with Winograd's transforms.</summary>
/// <param name="Height">Rows of the convolution's output.</param>
/// <param name="Width">Columns of the convolution's output.</param>
/// <param name="Channels">Channels of the input.</param>
/// <param name="Filters">Channels of the output.</param>
/// <param name="Filter">Rows and columns of the filters.</param>
/// <param name="Mode">Whether the transforms may be used.</param>
internal readonly record struct WinogradGradientShape(int Height, int Width, int Channels, int Filters, int Filter, WinogradMode Mode)
{
    /// <summary>The tiles of one sample.</summary>
    /// <param name="outputs">Rows and columns of the outputs of a tile.</param>
    public int Tiles(int outputs) => (Height + outputs - 1) / outputs * ((Width + outputs - 1) / outputs);
}

/// <summary>
/// Weight gradients of convolutions by 3×3 or 5×5 with stride 1 that are computed with Winograd's transforms: with 3×3, a tile of 4×4 outputs takes 36 products for each channel
/// and filter, instead of 144. The products are summed over all samples of a shard, and the sums are transformed to gradients once.
/// </summary>
internal static class WinogradGradientTiling
{
    /// <summary>The most samples whose tiles a block gathers: those of a usual shard.</summary>
    private const int MostSamples = 8;

    /// <summary>The most tiles of a block, where it is a part of a sample.</summary>
    private static readonly int[] MostTiles = [64, 48, 32, 24, 16, 8, 1];

    /// <summary>The most floats of a block that stay in the L2 cache until they are multiplied.</summary>
    private const int NearFloats = 100_000;

    /// <summary>The most floats of a block.</summary>
    private const int MostFloats = 300_000;

    /// <summary>The most floats of the sums: more would not stay in the L3 cache, and each thread has its own.</summary>
    private const long MostSums = 2_000_000;

    /// <summary>The most floats of the sums that stay in the L2 cache, beside a block.</summary>
    private const int NearSums = 100_000;

    /// <summary>Cycles to store a cache line in the L2 cache and to load it again, as far as the products do not hide it.</summary>
    private const double CyclesOfLine = 2;

    /// <summary>The same for the L3 cache.</summary>
    private const double CyclesOfFarLine = 8;

    /// <summary>Cycles to clear a vector of the sums and to transform it to gradients.</summary>
    private const double CyclesOfResult = 6;

    private static readonly Remembered<(WinogradGradientShape Shape, int Bits), WinogradGradientTile?> Chosen = new();

    /// <summary>The tiles for a vector width; null where the sums are direct.</summary>
    public static WinogradGradientTile? Choose(WinogradGradientShape shape, VectorWidth width) => Chosen.Get((shape, width.Bits), () => Find(shape, width));

    /// <summary>The floats of the workspace at the vector width that needs most; 0 where none uses the transforms.</summary>
    public static int WorkspaceLength(WinogradGradientShape shape) =>
        VectorWidth.All.Max(width => Choose(shape, width)?.WorkspaceLength(shape.Channels, shape.Filters) ?? 0);

    /// <summary>The floats of the sums at the vector width that needs most; 0 where none uses the transforms.</summary>
    public static int SumsLength(WinogradGradientShape shape) =>
        VectorWidth.All.Max(width => Choose(shape, width)?.SumsLength(shape.Channels, shape.Filters) ?? 0);

    /// <summary>Whether at some vector width a block gathers the tiles of several samples.</summary>
    public static bool Gathers(WinogradGradientShape shape) => VectorWidth.All.Any(width => Choose(shape, width) is { Samples: > 1 });

    private static WinogradGradientTile? Find(WinogradGradientShape shape, VectorWidth width)
    {
        WinogradSize[] possible = shape.Mode == WinogradMode.Never || shape.Channels == 1 ? []
            : [.. WinogradSize.Of(shape.Filter).Where(size => shape.Height >= size.Outputs && shape.Width >= size.Outputs)];
        return possible.Length == 0 ? null : shape.Mode switch
        {
            WinogradMode.LargeTiles => Best(shape, possible[0], width).Tile,
            WinogradMode.SmallTiles => Best(shape, possible[possible.Length - 1], width).Tile,
            _ => Fastest(shape, possible, width) is { } fastest && fastest.Cost < WinogradTiling.Margin * CostOfDirect(shape, width) ? fastest.Tile : null,
        };
    }

    /// <summary>The tiles that are expected to be fastest, with the cycles for one sample; null where there are too few channels or too many.</summary>
    private static (WinogradGradientTile Tile, double Cost)? Fastest(WinogradGradientShape shape, WinogradSize[] sizes, VectorWidth width)
    {
        long weights = (long)shape.Channels * shape.Filters;
        return Math.Min(shape.Channels, shape.Filters) < WinogradTiling.FewestChannels ? null : (
            from size in sizes
            where size.Matrices * weights <= MostSums
            let best = Best(shape, size, width)
            orderby best.Cost
            select ((WinogradGradientTile, double)?)best).FirstOrDefault();
    }

    /// <summary>The blocks that cost least, with the cycles for one sample: those of several samples, or equal parts of one.</summary>
    private static (WinogradGradientTile Tile, double Cost) Best(WinogradGradientShape shape, WinogradSize size, VectorWidth width)
    {
        int tiles = shape.Tiles(size.Outputs);
        (WinogradGradientTile Tile, double Cost)? best = null;
        for (int samples = MostSamples; samples > 1; samples /= 2)
            Try(new(size, samples * tiles, samples));
        foreach (int most in MostTiles)
            Try(new(size, Ceiling(tiles, Ceiling(tiles, most)), 1));
        return best!.Value;

        void Try(WinogradGradientTile tile)
        {
            if (tile.Block > 1 && FloatsOfBlock(shape, tile) > MostFloats)
                return;
            double cost = Cost(shape, tile, width);
            if (best is null || cost < best.Value.Cost)
                best = (tile, cost);
        }
    }

    /// <summary>The cycles that are expected for one sample.</summary>
    public static double Cost(WinogradGradientShape shape, WinogradGradientTile tile, VectorWidth width)
    {
        int tiles = shape.Tiles(tile.Outputs);
        double blocks = tile.Samples > 1 ? 1.0 / tile.Samples : Ceiling(tiles, tile.Block);
        double ofProducts = blocks * tile.Matrices * CostOfSums(shape.Channels, shape.Filters, tile.Block, width);
        int sums = tile.SumsLength(shape.Channels, shape.Filters);
        double ofSums = blocks * sums / 16 * (sums <= NearSums ? CyclesOfLine : CyclesOfFarLine);

        // Between two samples, other layers use the cache.
        bool isNear = tile.Samples == 1 && FloatsOfBlock(shape, tile) <= NearFloats;
        double ofBlock = blocks * FloatsOfBlock(shape, tile) / 16 * (isNear ? CyclesOfLine : CyclesOfFarLine);
        double ofTransforms = tiles * (
            (Ceiling(shape.Channels, width.Lanes) * WinogradTiling.CyclesOfInputs(tile.Size)) + (Ceiling(shape.Filters, width.Lanes) * CyclesOfGradients(tile.Size)));
        double ofShard = (double)sums / width.Lanes * CyclesOfResult / MostSamples;
        return ofProducts + ofSums + ofBlock + ofTransforms + ofShard;
    }

    private static long FloatsOfBlock(WinogradGradientShape shape, WinogradGradientTile tile) =>
        (long)tile.Matrices * tile.Block * (WinogradBlock.TileStride(shape.Channels) + WinogradBlock.TileStride(shape.Filters));

    private static double CostOfDirect(WinogradGradientShape shape, VectorWidth width) =>
        CostOfDirect(shape.Filter, shape.Filter * shape.Channels, shape.Filters, shape.Height * shape.Width, width);

    /// <summary>The cycles of the direct sums for one sample: a line of the filters at a time, over all positions.</summary>
    public static double CostOfDirect(int lines, int lineLength, int filters, int positions, VectorWidth width)
    {
        int narrow = NarrowColumns.CountInGradient(filters, lines, lineLength, positions, width);
        double ofNarrow = NarrowColumns.CostInGradient(narrow, lines, lineLength, positions, width) / RegisterTile.UnitsPerCycle;
        return ofNarrow + (lines * CostOfSums(lineLength, filters - narrow, positions, width));
    }

    /// <summary>The cycles to add so many products to each sum of a matrix.</summary>
    public static double CostOfSums(int rows, int columns, int terms, VectorWidth width) => RegisterTile.Groups(columns, width).Sum(group =>
    {
        int tile = RegisterTile.ForRun(rows, group.Vectors, width);
        double ofRest = rows % tile == 0 ? 0 : RegisterTile.CostOfTile(terms, rows % tile, group.Vectors);
        return group.PanelCount * group.Repeats * ((rows / tile * RegisterTile.CostOfTile(terms, tile, group.Vectors)) + ofRest);
    });

    /// <summary>Cycles to transform a vector of the gradients of a tile.</summary>
    private static double CyclesOfGradients(WinogradSize size) => size.Outputs == 4 ? 100 : size.Inputs == 6 ? 60 : 40;

    private static int Ceiling(int value, int divisor) => (value + divisor - 1) / divisor;
}
