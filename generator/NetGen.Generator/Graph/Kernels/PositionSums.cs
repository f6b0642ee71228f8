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
    /// <param name="storage">Where the sums are.</param>
    /// <param name="shape">The image.</param>
    /// <param name="sums">The sums, which are declared.</param>
    /// <param name="body">Writes what is added for a position; gets the names of the sums that it adds to.</param>
    public static void Write(KernelWriter writer, SumStorage storage, SampleShape shape, IReadOnlyList<string> sums, Action<IReadOnlyList<string>> body) => Write(
        writer, storage, KernelWriter.Each("row", shape.Height), shape.Height, IndexRange.Of("column", shape.Width), sums, body);

    /// <summary>Writes the sums over positions.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="storage">Where the sums are.</param>
    /// <param name="rows">The loop over the rows.</param>
    /// <param name="height">How many rows there are at most.</param>
    /// <param name="columns">The columns of a row.</param>
    /// <param name="sums">The sums, which are declared.</param>
    /// <param name="body">Writes what is added for a position; gets the names of the sums that it adds to.</param>
    public static void Write(
        KernelWriter writer,
        SumStorage storage,
        NestedLoop rows,
        int height,
        IndexRange columns,
        IReadOnlyList<string> sums,
        Action<IReadOnlyList<string>> body)
    {
        if (!AreInParts(height, columns.Length))
        {
            using (writer.Nest(rows, columns.Loop))
                body(sums);
            return;
        }

        IReadOnlyList<string> ofRow = SumsRows(height, columns.Length) ? OfRow(sums) : sums;
        using (writer.Nest(rows))
        {
            if (SumsRuns(height, columns.Length))
                Runs();
            else
                Columns(columns, ofRow);
            if (ofRow != sums)
                storage.AddParts(sums, ofRow);
        }

        void Runs()
        {
            if (ofRow != sums)
                storage.Declare(ofRow);
            IReadOnlyList<string> ofRun = OfRun(sums);
            using (writer.Nest(new NestedLoop(Invariant($"for (nint begin = {columns.Begin}; begin < {columns.End}; begin += {Run})"), null)))
            {
                Columns(columns with { Begin = "begin", End = Invariant($"Math.Min(begin + {Run}, {columns.End})") }, ofRun);
                storage.AddParts(ofRow, ofRun);
            }
        }

        void Columns(IndexRange range, IReadOnlyList<string> into)
        {
            if (into != sums)
                storage.Declare(into);
            using (writer.Nest(range.Loop))
                body(into);
        }
    }

    /// <summary>Whether an image has so many positions that its sums are added up in parts.</summary>
    public static bool AreInParts(SampleShape shape) => AreInParts(shape.Height, shape.Width);

    /// <summary>The names of all sums that the sums over an image take: themselves, those of a row, and those of a run.</summary>
    public static IEnumerable<string> AllNames(SampleShape shape, IReadOnlyList<string> sums) =>
    [
        .. sums,
        .. SumsRows(shape.Height, shape.Width) ? OfRow(sums) : [],
        .. SumsRuns(shape.Height, shape.Width) ? OfRun(sums) : [],
    ];

    private static bool AreInParts(int height, int width) => height * width >= Run;

    // The sum of the only row is the sum of all.
    private static bool SumsRows(int height, int width) => height > 1 && AreInParts(height, width);

    private static bool SumsRuns(int height, int width) => width > Run && AreInParts(height, width);

    private static IReadOnlyList<string> OfRow(IReadOnlyList<string> sums) => Parts(sums, "row");

    private static IReadOnlyList<string> OfRun(IReadOnlyList<string> sums) => Parts(sums, "run");

    private static IReadOnlyList<string> Parts(IReadOnlyList<string> sums, string of) => [.. sums.Select(sum => of + char.ToUpperInvariant(sum[0]) + sum.Substring(1))];
}
