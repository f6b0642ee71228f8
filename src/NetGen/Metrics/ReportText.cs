namespace NetGen;

/// <summary>Writes precision, recall, F1 score and support of the classes, in the rows of scikit-learn's <c>classification_report</c>.</summary>
/// <param name="matrix">The counts.</param>
/// <param name="names">The names of the classes, or <see langword="null"/> for their numbers.</param>
internal sealed class ReportText(ConfusionMatrix matrix, IReadOnlyList<string>? names)
{
    private const string Macro = "macro avg";
    private const string Weighted = "weighted avg";
    private const int LongestName = 40;

    /// <summary>The table in lines of at most <paramref name="width"/> characters, if its numbers fit.</summary>
    public string ToString(int width)
    {
        int longest = Math.Min(names?.Max(name => name.Length) ?? Weighted.Length, LongestName);
        TextTable table = Table(longest);
        if (table.WidthWithin(width) is var least && least > width)
            table = Table(Math.Max(longest - (least - width), Weighted.Length));
        return table.ToString(width);
    }

    private TextTable Table(int longestName)
    {
        var table = new TextTable(
            new TextColumn("Class", AlignRight: true),
            new TextColumn("Precision", AlignRight: true) { Order = 2 },
            new TextColumn("Recall", AlignRight: true),
            new TextColumn("F1-score", AlignRight: true),
            new TextColumn("Support", AlignRight: true) { Order = 1 });
        for (int i = 0; i < matrix.Classes; i++)
        {
            table.Add(
                names is null ? NumberText.Integer(i) : TextLines.Shorten(names[i], longestName),
                NumberText.Share(matrix.Precision(i)),
                NumberText.Share(matrix.Recall(i)),
                NumberText.Share(matrix.F1(i)),
                NumberText.Integer(matrix.Support(i)));
        }

        string total = NumberText.Integer(matrix.Total);
        table.Add("accuracy", "", "", NumberText.Share(matrix.Accuracy), total);
        AddAverage(Macro, Averaging.Macro);
        AddAverage(Weighted, Averaging.Weighted);
        return table;

        void AddAverage(string title, Averaging averaging) => table.Add(
            title,
            NumberText.Share(matrix.Precision(averaging)),
            NumberText.Share(matrix.Recall(averaging)),
            NumberText.Share(matrix.F1(averaging)),
            total);
    }
}
