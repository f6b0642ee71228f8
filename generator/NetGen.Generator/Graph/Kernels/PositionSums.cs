using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Emits sums over many positions. Rounding errors grow with the number of values that are added to one sum, so each row is summed by itself, and a long row in
/// runs.
/// </summary>
internal static class PositionSums
{
    /// <summary>From this many values on, rows are summed by themselves; a row of more values is summed in runs of so many.</summary>
    private const int Run = 64;

    /// <summary>Writes the sums over all positions of an image. The loop variables are <c>row</c> and <c>column</c>.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="shape">The image.</param>
    /// <param name="sums">The sums, which are declared.</param>
    /// <param name="body">Writes what is added for a position; gets the names of the sums that it adds to.</param>
    public static void Write(KernelWriter writer, SampleShape shape, string[] sums, Action<string[]> body) => Write(
        writer, KernelWriter.Each("row", shape.Height), shape.Height, IndexRange.Of("column", shape.Width), sums, body);

    /// <summary>Writes the sums over positions.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="rows">The loop over the rows.</param>
    /// <param name="height">How many rows there are at most.</param>
    /// <param name="columns">The columns of a row.</param>
    /// <param name="sums">The sums, which are declared.</param>
    /// <param name="body">Writes what is added for a position; gets the names of the sums that it adds to.</param>
    public static void Write(KernelWriter writer, NestedLoop rows, int height, IndexRange columns, string[] sums, Action<string[]> body)
    {
        if (height * columns.Length < Run)
        {
            using (writer.Nest(rows, columns.Loop))
                body(sums);
            return;
        }

        // The sum of the only row is the sum of all.
        string[] ofRow = height == 1 ? sums : Parts("row");
        using (writer.Nest(rows))
        {
            if (columns.Length > Run)
                Runs(ofRow);
            else
                Columns(columns, ofRow);
            if (ofRow != sums)
                AddTo(sums, ofRow);
        }

        void Runs(string[] ofRow)
        {
            if (ofRow != sums)
                Declare(ofRow);
            string[] ofRun = Parts("run");
            using (writer.Nest(new NestedLoop(Invariant($"for (nint begin = {columns.Begin}; begin < {columns.End}; begin += {Run})"), null)))
            {
                Columns(columns with { Begin = "begin", End = Invariant($"Math.Min(begin + {Run}, {columns.End})") }, ofRun);
                AddTo(ofRow, ofRun);
            }
        }

        void Columns(IndexRange range, string[] into)
        {
            if (into != sums)
                Declare(into);
            using (writer.Nest(range.Loop))
                body(into);
        }

        string[] Parts(string of) => [.. sums.Select(sum => of + char.ToUpperInvariant(sum[0]) + sum.Substring(1))];

        void Declare(string[] parts)
        {
            foreach (string part in parts)
                writer.Code.Line($"Floats {part} = Simd.Zero;");
        }

        void AddTo(string[] totals, string[] parts) => writer.Code.Together([.. totals.Zip(parts, (total, part) => $"{total} += {part};")]);
    }
}
