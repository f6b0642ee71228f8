using static System.FormattableString;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Emits sums over many positions. Rounding errors grow with the number of values that are added to one sum, so rows are summed one by one, and long rows in
/// runs.
/// </summary>
internal static class PositionSums
{
    /// <summary>From this many values on, a sum is split, and a row into runs of so many.</summary>
    private const int Run = 64;

    /// <summary>Writes the sums over all positions of an image. The loop variables are <c>row</c> and <c>column</c>.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="shape">The image.</param>
    /// <param name="sums">The sums, which are declared.</param>
    /// <param name="body">Writes what is added for a position; gets the names of the sums that it adds to.</param>
    public static void Write(KernelWriter writer, SampleShape shape, string[] sums, Action<string[]> body) => Write(
        writer, shape.Height * shape.Width, KernelWriter.Each("row", shape.Height), KernelWriter.Each("column", shape.Width),
        ("column", "0", Invariant($"{shape.Width}"), shape.Width), sums, body);

    /// <summary>Writes the sums over positions.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="length">How many positions there are at most.</param>
    /// <param name="rows">The loop over the rows.</param>
    /// <param name="columns">The loop over the columns.</param>
    /// <param name="run">The index of that loop, where it begins and ends, and how many columns there are at most.</param>
    /// <param name="sums">The sums, which are declared.</param>
    /// <param name="body">Writes what is added for a position; gets the names of the sums that it adds to.</param>
    public static void Write(
        KernelWriter writer, int length, NestedLoop rows, NestedLoop columns, (string Index, string Begin, string End, int Length) run, string[] sums, Action<string[]> body)
    {
        if (length < Run)
        {
            using (writer.Nest(rows, columns))
                body(sums);
            return;
        }

        string[] parts = [.. sums.Select(sum => "row" + char.ToUpperInvariant(sum[0]) + sum.Substring(1))];
        bool isSplit = run.Length > Run;
        using (isSplit ? writer.Nest(rows, new NestedLoop(Invariant($"for (nint begin = {run.Begin}; begin < {run.End}; begin += {Run})"), null)) : writer.Nest(rows))
        {
            foreach (string part in parts)
                writer.Code.Line($"Floats {part} = Simd.Zero;");
            using (writer.Nest(isSplit ? new(Invariant($"for (nint {run.Index} = begin; {run.Index} < Math.Min(begin + {Run}, {run.End}); {run.Index}++)"), null) : columns))
                body(parts);
            writer.Code.Together([.. sums.Zip(parts, (sum, part) => $"{sum} += {part};")]);
        }
    }
}
