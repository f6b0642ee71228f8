using System.Text;

using static System.FormattableString;

namespace NetGen;

/// <summary>Writes a confusion matrix, in the most complete form that fits.</summary>
internal sealed class ConfusionText(ConfusionMatrix matrix)
{
    // A table with more columns than this fits no terminal; it is not even tried.
    private const int MaxColumns = 200;

    private const string Rows = "Actual";
    private const string Columns = "Predicted";
    private const string Recall = "Recall";
    private const string Precision = "Precision";

    /// <summary>The matrix in lines of at most <paramref name="width"/> characters.</summary>
    public string Fitting(int width)
    {
        if (matrix.Classes > MaxColumns)
            return Mistakes(width);
        TextTable framed = Framed();
        return framed.WidthWithin(width) <= width ? framed.ToString(width)
            : Plain(shares: true, width) ?? Plain(shares: false, width) ?? Mistakes(width);
    }

    private TextTable Framed()
    {
        var table = new TextTable(
        [
            new TextColumn("Actual \\ predicted", AlignRight: true),
            .. Cells(predicted => new TextColumn(NumberText.Integer(predicted), AlignRight: true)),
            new TextColumn(Recall, AlignRight: true),
        ]);
        for (int row = 0; row < matrix.Classes; row++)
        {
            int actual = row;
            table.Add(
            [
                NumberText.Integer(actual),
                .. Cells(predicted => NumberText.Integer(matrix[actual, predicted])),
                NumberText.Share(matrix.Recall(actual)),
            ]);
        }

        table.Add(
            [Precision, .. Cells(predicted => NumberText.Share(matrix.Precision(predicted))), NumberText.Share(matrix.Accuracy)]);
        return table;
    }

    /// <summary>The table without frame, or <see langword="null"/> if it does not fit.</summary>
    private string? Plain(bool shares, int width)
    {
        int count = 0;
        for (int actual = 0; actual < matrix.Classes; actual++)
        {
            for (int predicted = 0; predicted < matrix.Classes; predicted++)
                count = Math.Max(count, NumberText.Integer(matrix[actual, predicted]).Length);
        }

        count = 1 + Math.Max(count, NumberText.Integer(matrix.Classes - 1).Length);
        int line = Rows.Length + count * matrix.Classes + (shares ? 1 + Recall.Length + 1 + Precision.Length : 0);
        if (Math.Max(line, Rows.Length + 1 + Columns.Length) > width)
            return null;

        var text = new StringBuilder();
        text.Append(' ', Rows.Length + 1).Append(Columns).Append('\n').Append(Rows);
        for (int predicted = 0; predicted < matrix.Classes; predicted++)
            text.Append(NumberText.Integer(predicted).PadLeft(count));
        if (shares)
            text.Append(' ').Append(Recall).Append(' ').Append(Precision);
        text.Append('\n');
        for (int actual = 0; actual < matrix.Classes; actual++)
        {
            text.Append(NumberText.Integer(actual).PadLeft(Rows.Length));
            for (int predicted = 0; predicted < matrix.Classes; predicted++)
                text.Append(NumberText.Integer(matrix[actual, predicted]).PadLeft(count));
            if (shares)
            {
                text.Append(' ').Append(NumberText.Share(matrix.Recall(actual)).PadLeft(Recall.Length));
                text.Append(' ').Append(NumberText.Share(matrix.Precision(actual)).PadLeft(Precision.Length));
            }

            text.Append('\n');
        }

        return text.Append(Accuracy).ToString();
    }

    private string Mistakes(int width)
    {
        const string Class = "Class";
        const string Samples = "Samples";
        int label = Math.Max(Class.Length, NumberText.Integer(matrix.Classes - 1).Length);
        int number = Math.Max(Samples.Length, NumberText.Integer(matrix.Total).Length);
        var text = new StringBuilder();
        text.Append(Class.PadLeft(label)).Append(' ').Append(Samples.PadLeft(number)).Append(' ').Append(Recall)
            .Append(" Taken for\n");
        for (int actual = 0; actual < matrix.Classes; actual++)
        {
            (int Class, int Count)[] row = [.. Enumerable.Range(0, matrix.Classes).Select(i => (i, matrix[actual, i]))];
            string samples = NumberText.Integer(row.Sum(cell => cell.Count));
            var line = new StringBuilder();
            line.Append(NumberText.Integer(actual).PadLeft(label)).Append(' ').Append(samples.PadLeft(number)).Append(' ')
                .Append(NumberText.Share(matrix.Recall(actual)).PadLeft(Recall.Length));
            (int Class, int Count)[] mistakes =
                [.. row.Where(cell => cell.Class != actual && cell.Count > 0).OrderByDescending(cell => cell.Count)];
            AppendMistakes(line, mistakes, width);
            text.Append(line).Append('\n');
        }

        return text.Append(Accuracy).ToString();
    }

    /// <summary>Appends what fits, and <c>…</c> for what does not.</summary>
    private static void AppendMistakes(StringBuilder line, (int Class, int Count)[] mistakes, int width)
    {
        const string More = " …";
        for (int i = 0; i < mistakes.Length; i++)
        {
            string mistake = Invariant($"{(i == 0 ? " " : ", ")}{mistakes[i].Class} ({mistakes[i].Count})");
            int reserve = i < mistakes.Length - 1 ? More.Length : 0;
            if (line.Length + mistake.Length + reserve > width)
            {
                if (line.Length + More.Length <= width)
                    line.Append(More);
                return;
            }

            line.Append(mistake);
        }
    }

    private string Accuracy =>
        Invariant($"Accuracy: {NumberText.Share(matrix.Accuracy)} ({matrix.Correct} of {matrix.Total})\n");

    private IEnumerable<T> Cells<T>(Func<int, T> cell) => Enumerable.Range(0, matrix.Classes).Select(cell);
}
