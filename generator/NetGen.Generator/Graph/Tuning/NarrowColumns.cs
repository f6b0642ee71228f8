using NetGen.Generator.Graph.Kernels;

namespace NetGen.Generator.Graph.Tuning;

/// <summary>
/// The last columns of a convolution, where they fill only a part of a vector, in forward and in the weight gradient. With columns in the lanes they would cost
/// as much as a whole vector. With terms in the lanes, each column costs what it needs, and what is left to do with the lanes at the end.
/// </summary>
internal static class NarrowColumns
{
    /// <summary>Floats to which a line of a filter is filled up with zeros: the longest vector.</summary>
    public const int LineMultiple = 16;

    /// <summary>The positions of a tile: the lanes of so many sums are added up in one step.</summary>
    public const int Positions = 8;

    /// <summary>Multiply-adds that take as long as adding up the lanes of one sum and storing the result.</summary>
    private const double CostOfSum = 4.5;

    /// <summary>Multiply-adds that take as long as adding one sum to its weight.</summary>
    private const double CostOfAdding = 1.5;

    /// <summary>How much dearer the terms of a tile may be than estimated.</summary>
    private const double Margin = 1.1;

    /// <summary>How many of the last columns are computed with terms in the lanes; 0 if none.</summary>
    public static int Count(ConvolutionShape conv, VectorWidth width)
    {
        int rest = conv.Columns % width.Lanes;
        if (!conv.TakesLines || rest == 0 || conv.Epilogue.Pool * conv.Epilogue.Pool > Positions || ConvolutionTiling.Choose(conv, width) != ConvolutionAlgorithm.Direct)
            return 0;
        return CostOf(conv, rest, width) < conv.Terms ? rest : 0;
    }

    /// <summary>What the columns of the last vector cost, as a share of a whole vector.</summary>
    public static double ShareOfVector(ConvolutionShape conv, VectorWidth width)
    {
        int rest = conv.Columns % width.Lanes;
        return rest == 0 ? 0 : conv.TakesLines ? Math.Min(1, CostOf(conv, rest, width) / conv.Terms) : 1;
    }

    /// <summary>Multiply-adds that the last columns take, with terms in the lanes.</summary>
    private static double CostOf(ConvolutionShape conv, int rest, VectorWidth width)
    {
        int vectors = (conv.LineLength + width.Lanes - 1) / width.Lanes;
        return rest * ((conv.KernelHeight * vectors * Margin) + CostOfSum);
    }

    /// <summary>Whether some vector width computes columns so.</summary>
    public static bool MayBeUsed(ConvolutionShape conv) => VectorWidth.All.Any(width => Count(conv, width) > 0);

    /// <summary>The first column that any vector width may compute so.</summary>
    public static int First(int columns) => columns / LineMultiple * LineMultiple;

    /// <summary>The length of a line of a filter, with the zeros.</summary>
    public static int PaddedLine(int lineLength) => (lineLength + LineMultiple - 1) / LineMultiple * LineMultiple;

    /// <summary>How many of the last columns of a weight gradient have terms in the lanes; 0 if none.</summary>
    /// <param name="columns">The filters.</param>
    /// <param name="lines">Lines of a filter.</param>
    /// <param name="lineLength">The weights of a line; their inputs must be contiguous.</param>
    /// <param name="positions">The positions that are summed.</param>
    /// <param name="width">The vector width.</param>
    public static int CountInGradient(int columns, int lines, int lineLength, int positions, VectorWidth width)
    {
        int rest = columns % width.Lanes;
        return rest > 0 && CostInGradient(rest, lines, lineLength, positions, width) < (double)lines * lineLength * positions ? rest : 0;
    }

    /// <summary>Multiply-adds that the last columns of a weight gradient take, with terms in the lanes.</summary>
    /// <param name="rest">How many they are.</param>
    /// <param name="lines">Lines of a filter.</param>
    /// <param name="lineLength">The weights of a line.</param>
    /// <param name="positions">The positions that are summed.</param>
    /// <param name="width">The vector width.</param>
    public static double CostInGradient(int rest, int lines, int lineLength, int positions, VectorWidth width)
    {
        int vectors = (lineLength + width.Lanes - 1) / width.Lanes;
        return rest * lines * ((vectors * positions * Margin) + (lineLength * CostOfAdding));
    }

    /// <summary>How many columns each tile takes, so that a loaded value is used for all of them.</summary>
    public static IReadOnlyList<int> Tiles(int columns, VectorWidth width) => Even(columns, Math.Max(1, width.Accumulators / Positions));

    /// <summary>How many columns each tile of a weight gradient takes.</summary>
    public static IReadOnlyList<int> GradientTiles(int columns, VectorWidth width) => Even(columns, width.Accumulators >= 24 ? 4 : 3);

    /// <summary>The lines of a filter and the vectors of each that a tile of a weight gradient covers.</summary>
    /// <param name="lines">Lines of a filter.</param>
    /// <param name="lineLength">The weights of a line.</param>
    /// <param name="columns">The columns of the tile.</param>
    /// <param name="width">The vector width.</param>
    public static (int Lines, int Vectors) GradientVectors(int lines, int lineLength, int columns, VectorWidth width)
    {
        int most = width.Accumulators / columns;
        int vectors = (lineLength + width.Lanes - 1) / width.Lanes;
        if (lines * vectors <= most)
            return (lines, vectors);
        int parts = (vectors + most - 1) / most;
        return (1, (vectors + parts - 1) / parts);
    }

    /// <summary>Parts whose sizes differ by at most one, the largest first.</summary>
    private static IReadOnlyList<int> Even(int columns, int most)
    {
        int tiles = (columns + most - 1) / most;
        return [.. Enumerable.Range(0, tiles).Select(tile => ((tile + 1) * columns / tiles) - (tile * columns / tiles)).OrderByDescending(count => count)];
    }
}
