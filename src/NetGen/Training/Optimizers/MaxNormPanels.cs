using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>
/// Limits the norm of the incoming weights of each unit: the columns of the weight matrices, as <see cref="WeightLayout"/> stores them. Each item
/// of the work is a panel of at most <see cref="WeightLayout.PanelWidth"/> columns.
/// </summary>
internal sealed class MaxNormPanels
{
    private Panel[] _panels = [];

    // What the panels were found for.
    private ParameterTable? _table;
    private int _version = -1;

    /// <summary>The number of panels.</summary>
    public int Count => _panels.Length;

    /// <summary>Finds the panels of all trained weights whose learning rate is not 0, unless that was done for the same table and factors.</summary>
    /// <param name="table">The network's parameters; null if they have no names.</param>
    /// <param name="factors">The factors of learning rates.</param>
    public void Find(ParameterTable? table, LearningRateFactors factors)
    {
        if (table == _table && factors.Version == _version)
            return;
        _panels = table is null ? [] : [.. Panels(table, factors)];
        (_table, _version) = (table, factors.Version);
    }

    /// <summary>Scales those columns of a panel down to the limit that are above it.</summary>
    /// <param name="index">Which panel.</param>
    /// <param name="parameters">The trained parameters.</param>
    /// <param name="limit">The largest norm.</param>
    public void Limit(int index, Span<float> parameters, float limit)
    {
        Panel panel = _panels[index];
        Span<float> weights = parameters.Slice(panel.Offset, panel.Rows * panel.Columns);
        Span<double> sums = stackalloc double[WeightLayout.PanelWidth];
        Span<float> factors = stackalloc float[WeightLayout.PanelWidth];
        SumSquares(weights, panel, sums);
        bool isAbove = false;
        for (int column = 0; column < panel.Columns; column++)
        {
            double norm = Math.Sqrt(sums[column]);
            factors[column] = norm > limit ? (float)(limit / norm) : 1;
            isAbove |= norm > limit;
        }

        if (isAbove)
            Scale(weights, panel, factors);
    }

    private static IEnumerable<Panel> Panels(ParameterTable table, LearningRateFactors factors)
    {
        foreach (ParameterInfo parameter in table.Parameters)
        {
            if (parameter.Role != ParameterRole.Trained || !parameter.IsKernel || factors.Of(parameter) == 0)
                continue;
            (int rows, int columns) = (parameter.Layout.Rows, parameter.Layout.Columns);
            for (int group = 0; group < parameter.Layout.Groups; group++)
            {
                for (int first = 0; first < columns; first += WeightLayout.PanelWidth)
                    yield return new Panel(parameter.Offset + (((group * columns) + first) * rows), rows, Math.Min(WeightLayout.PanelWidth, columns - first));
            }
        }
    }

    // Each column is summed in the order of its rows, in double precision: the bits are the same at every width of vectors.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void SumSquares(ReadOnlySpan<float> weights, Panel panel, Span<double> sums)
    {
        ref float w = ref MemoryMarshal.GetReference(weights);
        int column = 0;
        for (; column <= panel.Columns - Vector<float>.Count; column += Vector<float>.Count)
        {
            Vector<double> low = default, high = default;
            for (int row = 0; row < panel.Rows; row++)
            {
                Vector.Widen(Vector.LoadUnsafe(ref w, (nuint)((row * panel.Columns) + column)), out Vector<double> first, out Vector<double> second);
                low += first * first;
                high += second * second;
            }

            low.CopyTo(sums[column..]);
            high.CopyTo(sums[(column + Vector<double>.Count)..]);
        }

        for (; column < panel.Columns; column++)
        {
            double sum = 0;
            for (int i = column; i < weights.Length; i += panel.Columns)
                sum += (double)weights[i] * weights[i];
            sums[column] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Scale(Span<float> weights, Panel panel, ReadOnlySpan<float> factors)
    {
        for (int row = 0; row < panel.Rows; row++)
        {
            Span<float> line = weights.Slice(row * panel.Columns, panel.Columns);
            int column = 0;
            for (; column <= line.Length - Vector<float>.Count; column += Vector<float>.Count)
                (new Vector<float>(line[column..]) * new Vector<float>(factors[column..])).CopyTo(line[column..]);
            for (; column < line.Length; column++)
                line[column] *= factors[column];
        }
    }

    /// <summary>Columns of a weight matrix that are stored side by side.</summary>
    private readonly record struct Panel(int Offset, int Rows, int Columns);
}
