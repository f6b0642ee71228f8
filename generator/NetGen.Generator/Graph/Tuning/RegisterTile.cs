namespace NetGen.Generator.Graph.Tuning;

/// <summary>A class of processors, by the width of its vectors: one set of kernels is written for each.</summary>
/// <param name="Bits">512, 256 or 128.</param>
/// <param name="Registers">The vector registers.</param>
/// <param name="Accumulators">How many of the registers may hold sums; the others hold operands.</param>
internal sealed record VectorWidth(int Bits, int Registers, int Accumulators)
{
    public static readonly VectorWidth[] All = [new(512, 32, 28), new(256, 16, 12), new(128, 16, 12)];

    /// <summary>Floats in a vector.</summary>
    public int Lanes => Bits / 32;
}

/// <summary>A group of columns of a weight panel that a register tile covers.</summary>
/// <param name="FirstPanel">The first panel that the group's code computes.</param>
/// <param name="PanelCount">How many panels the same code computes.</param>
/// <param name="PanelWidth">Floats in one row of such a panel.</param>
/// <param name="FirstLane">The group's first column, counted in the panel.</param>
/// <param name="Repeats">How often the group repeats within the panel, one beside the other.</param>
/// <param name="Vectors">Vectors in the group.</param>
/// <param name="LastLanes">Valid lanes of the last vector.</param>
internal sealed record ColumnGroup(
    int FirstPanel, int PanelCount, int PanelWidth, int FirstLane, int Repeats, int Vectors, int LastLanes)
{
    /// <summary>The group's first column, counted in the layer.</summary>
    public int FirstColumn => (FirstPanel * RegisterTile.PanelWidth) + FirstLane;

    /// <summary>The column after the group's last repeat or panel.</summary>
    public int EndColumn(VectorWidth width) =>
        FirstColumn + (PanelCount > 1 ? PanelCount * RegisterTile.PanelWidth : Repeats * Lanes(width));

    /// <summary>Columns of one repeat, with the invalid lanes of the last vector.</summary>
    public int Lanes(VectorWidth width) => Vectors * width.Lanes;
}

/// <summary>The positions of a convolution's output; a tile computes some of them together.</summary>
/// <param name="Height">Rows, after pooling.</param>
/// <param name="Width">Columns, after pooling.</param>
/// <param name="Window">The number of values in the pooling window of an output, each with its own sum.</param>
/// <param name="Terms">Terms of each sum.</param>
/// <param name="HeldRows">Rows of weights that stay in registers at once: 1, or a line of the filters.</param>
/// <param name="PartRows">Rows that a thread takes at a time, which tiles must divide; 0 if it takes all.</param>
/// <param name="Exact">Whether no output may be computed twice, because results are added to stored values.</param>
internal readonly record struct PositionGrid(int Height, int Width, int Window, int Terms, int HeldRows, int PartRows, bool Exact)
{
    /// <summary>The share of the products that are left in a tile as wide as the grid: it skips those with padding.</summary>
    public double InsideShare { get; init; } = 1;
}

/// <summary>
/// The register tile of a kernel: a block of outputs, positions by vectors, that stays in registers while the sum runs.
/// 20 to 28 accumulators with 32 registers, about 12 with 16.
/// </summary>
internal static class RegisterTile
{
    /// <summary>Columns of a panel of weights; <c>WeightLayout.PanelWidth</c> of the runtime library.</summary>
    public const int PanelWidth = 32;

    /// <summary>The largest pooling window whose sums fit in registers all at the same time.</summary>
    public const int MaxFusedPool = 3;

    /// <summary>The cost of setting up a tile, in units of one term.</summary>
    private const double TileOverhead = 0.5;

    /// <summary>Cycles for setting up and storing a tile of a convolution, whatever the number of its terms.</summary>
    private const double TileCycles = 20;

    /// <summary>Multiply-adds of whole vectors that a core completes in a cycle; also the vectors or values that it loads.</summary>
    public const double UnitsPerCycle = 2;

    /// <summary>The least cycles of a term: a multiply-add waits four cycles for the one before it to the same sum.</summary>
    private const double LeastCycles = 5;

    /// <summary>Vectors side by side in a tile: each loaded value is then used in two multiply-adds.</summary>
    private const int MaxVectors = 2;

    /// <summary>How many panels N columns take; the last may be narrower.</summary>
    public static int Panels(int columns) => Ceiling(columns, PanelWidth);

    /// <summary>
    /// Splits the N columns of a dense layer or of a weight gradient into groups; each group has its own code. Three vectors at the end stay
    /// together: that saves the code of a group, and a loaded value is used for all three.
    /// </summary>
    public static IEnumerable<ColumnGroup> Groups(int columns, VectorWidth width) => Split(columns, width, MaxVectors, MaxVectors + 1);

    /// <summary>Splits the N columns of a convolution into groups; each group has its own code.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="width">The vector width.</param>
    /// <param name="vectors">Vectors side by side in a tile.</param>
    /// <param name="narrow">How many of the last columns are a group of their own, which fills a part of a vector.</param>
    public static IEnumerable<ColumnGroup> Groups(int columns, VectorWidth width, int vectors, int narrow = 0) =>
        narrow == 0 ? Split(columns, width, vectors, vectors) : WithNarrow(Split(columns - narrow, width, vectors, vectors), columns, narrow);

    /// <summary>Splits the N columns of the weight gradient of a convolution into groups.</summary>
    /// <inheritdoc cref="Groups(int, VectorWidth, int, int)"/>
    public static IEnumerable<ColumnGroup> GradientGroups(int columns, VectorWidth width, int narrow) =>
        narrow == 0 ? Groups(columns, width) : WithNarrow(Groups(columns - narrow, width), columns, narrow);

    private static IEnumerable<ColumnGroup> WithNarrow(IEnumerable<ColumnGroup> groups, int columns, int narrow)
    {
        int rest = columns % PanelWidth;
        return groups
            .Select(group => group.PanelWidth == PanelWidth ? group : group with { PanelWidth = rest })
            .Append(new(columns / PanelWidth, 1, rest, rest - narrow, 1, 1, narrow));
    }

    /// <summary>The groups of columns of a single panel for unrolled code: each repeat of a group is a group of its own.</summary>
    public static IEnumerable<ColumnGroup> SeparateGroups(int columns, VectorWidth width) => Groups(columns, width).SelectMany(group => Enumerable
        .Range(0, group.Repeats)
        .Select(repeat => group with { FirstLane = group.FirstLane + (repeat * group.Lanes(width)), Repeats = 1 }));

    private static IEnumerable<ColumnGroup> Split(int columns, VectorWidth width, int vectors, int mostAtEnd)
    {
        int full = columns / PanelWidth;
        if (full > 0)
        {
            int lanes = Math.Min(vectors * width.Lanes, PanelWidth);
            yield return new ColumnGroup(0, full, PanelWidth, 0, PanelWidth / lanes, lanes / width.Lanes, width.Lanes);
        }

        int rest = columns % PanelWidth;
        if (rest == 0)
            yield break;

        bool together = Ceiling(rest, width.Lanes) <= mostAtEnd;
        int wide = together ? 0 : rest / (vectors * width.Lanes);
        if (wide > 0)
            yield return new ColumnGroup(full, 1, rest, 0, wide, vectors, width.Lanes);

        int done = wide * vectors * width.Lanes;
        if (done < rest)
        {
            int left = Ceiling(rest - done, width.Lanes);
            yield return new ColumnGroup(full, 1, rest, done, 1, left, rest - done - ((left - 1) * width.Lanes));
        }
    }

    /// <summary>
    /// How many vectors lie side by side in the tiles of a convolution: two share each loaded value, one leaves room for more
    /// positions, which may fit the width of the image better.
    /// </summary>
    public static int VectorsForPositions(PositionGrid grid, VectorWidth bits)
    {
        double one = ForPositions(grid, 1, bits).Cost;
        double two = ForPositions(grid, MaxVectors, bits).Cost;
        return grid.Window > MaxPositions(grid, MaxVectors, bits) || one < two / MaxVectors ? 1 : MaxVectors;
    }

    /// <summary>The cycles that a term of the sums takes for one vector of the whole image, in the tiles that fit best.</summary>
    public static double CostOf(PositionGrid grid, VectorWidth bits)
    {
        int vectors = VectorsForPositions(grid, bits);
        return ForPositions(grid, vectors, bits).Cost / vectors;
    }

    /// <summary>
    /// The tile of a convolution: how many output rows and columns (after pooling) are computed together, and the cycles that a term
    /// of the sums takes for the whole image. The last tile of a row is shifted back and recomputes the overlap, so all tiles run the same code.
    /// </summary>
    public static (int Rows, int Columns, double Cost) ForPositions(PositionGrid grid, int vectors, VectorWidth bits)
    {
        int most = Math.Max(1, MaxPositions(grid, vectors, bits) / grid.Window);
        (int Rows, int Columns, double Cost) best = (1, 1, double.MaxValue);
        for (int rows = 1; rows <= Math.Min(grid.Height, most); rows++)
        {
            if ((grid.PartRows > 0 && grid.PartRows % rows != 0) || (grid.Exact && grid.Height % rows != 0))
                continue;
            for (int columns = 1; columns <= Math.Min(grid.Width, most / rows); columns++)
            {
                if (grid.Exact && grid.Width % columns != 0)
                    continue;
                double cost = Cost(grid, rows, columns, vectors);
                if (cost < best.Cost - 1e-9)
                    best = (rows, columns, cost);
            }
        }

        return best;
    }

    /// <summary>The cycles that a term of the sums takes for the whole image in such tiles.</summary>
    public static double Cost(PositionGrid grid, int rows, int columns, int vectors) =>
        Ceiling(grid.Height, rows) * Ceiling(grid.Width, columns)
        * (CyclesPerTerm(rows * columns * grid.Window * (columns == grid.Width ? grid.InsideShare : 1), vectors) + TileOverhead + (TileCycles / grid.Terms));

    /// <summary>The cycles of one tile of a product of matrices with so many terms.</summary>
    public static double CostOfTile(int terms, int positions, int vectors) => (terms * (CyclesPerTerm(positions, vectors) + TileOverhead)) + TileCycles;

    /// <summary>The tile of the last columns of a convolution, with terms in the lanes: the rows and columns of its positions, after pooling.</summary>
    public static (int Rows, int Columns) ForNarrowColumns(PositionGrid grid) =>
        (from rows in Enumerable.Range(1, Math.Min(grid.Height, NarrowColumns.Positions / grid.Window))
         where (grid.PartRows == 0 || grid.PartRows % rows == 0) && (!grid.Exact || grid.Height % rows == 0)
         from columns in Enumerable.Range(1, Math.Min(grid.Width, NarrowColumns.Positions / grid.Window / rows))
         where !grid.Exact || grid.Width % columns == 0
         orderby Ceiling(grid.Height, rows) * Ceiling(grid.Width, columns), rows
         select (rows, columns)).First();

    /// <summary>Whether a line of <paramref name="rows"/> rows of weights may stay in registers: most registers must be left for the sums.</summary>
    public static bool CanHold(int rows, VectorWidth bits) => rows <= bits.Registers / 3;

    private static int MaxPositions(PositionGrid grid, int vectors, VectorWidth bits) =>
        Math.Min(bits.Accumulators, bits.Registers - 1 - (grid.HeldRows * vectors)) / vectors;

    /// <summary>How many samples a dense kernel takes together, largest first.</summary>
    public static int[] ForSamples(int vectors, int partialSums, VectorWidth bits)
    {
        int most = Math.Max(1, bits.Accumulators / (vectors * partialSums));
        return most switch
        {
            >= 8 => [8, 4, 1],
            >= 4 => [4, 1],
            >= 2 => [2, 1],
            _ => [1],
        };
    }

    /// <summary>
    /// Into how many partial sums a dense layer splits each sum. Where there are few columns, each multiply-add to a single sum would
    /// wait for the one before it.
    /// </summary>
    public static int PartialSums(int rows, int columns) => columns <= PanelWidth && rows >= 16 ? 4 : 1;

    /// <summary>How many rows of a weight gradient are summed together where the last tile may be shifted back and recompute the overlap.</summary>
    public static int ForOverlappingRun(int run, int vectors, VectorWidth bits) => Enumerable
        .Range(1, Math.Min(run, bits.Accumulators / vectors))
        .OrderBy(tile => Ceiling(run, tile) * (CyclesPerTerm(tile, vectors) + TileOverhead))
        .ThenBy(tile => tile)
        .First();

    /// <summary>How many rows of a weight gradient are summed together, for a run of rows that must be covered exactly.</summary>
    public static int ForRun(int run, int vectors, VectorWidth bits)
    {
        int most = Math.Min(run, bits.Accumulators / vectors);
        int best = 1;
        double bestCost = double.MaxValue;
        for (int tile = 1; tile <= most; tile++)
        {
            int rest = run % tile;
            double cost = (run / tile * CyclesPerTerm(tile, vectors)) + (rest == 0 ? 0 : CyclesPerTerm(rest, vectors) + 1);
            if (cost <= bestCost)
            {
                bestCost = cost;
                best = tile;
            }
        }

        return best;
    }

    /// <summary>The cycles that a tile takes for one term of all its sums: multiply-adds, loads, or latency, whichever takes longest.</summary>
    public static double CyclesPerTerm(double positions, int vectors) =>
        Math.Max(LeastCycles, Math.Max(positions * vectors, positions + vectors) / UnitsPerCycle);

    private static int Ceiling(int value, int divisor) => (value + divisor - 1) / divisor;
}
