using System.Text;

namespace NetGen;

/// <summary>A column of a <see cref="TextTable"/>.</summary>
internal sealed record TextColumn(string Title, bool AlignRight = false)
{
    /// <summary>
    /// The order in which columns become narrower in a table that is too wide, beginning with 1. A column with 0 keeps its width.
    /// </summary>
    public int Order { get; init; }

    /// <summary>
    /// The least width, in characters, to which the column may be narrowed by breaking its text. If that is not enough, the
    /// column is left out. Unless this is given, the column is not narrowed but left out.
    /// </summary>
    public int Narrowest { get; init; } = int.MaxValue;
}

/// <summary>
/// A table drawn with the box characters that Keras uses: a heavy frame around the titles, a light one around the rows.
/// Columns are as wide as their content; long text is broken between words.
/// </summary>
internal sealed class TextTable(params TextColumn[] columns)
{
    // Beyond this many characters the text of a cell goes on in a line of its own.
    private const int WidestCell = 40;

    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row with one text for each column.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>The width of the table if it is narrowed to <paramref name="width"/> as far as possible.</summary>
    public int WidthWithin(int width) => Width(Fit(width));

    /// <summary>The table in at most <paramref name="width"/> characters, if its columns can be narrowed so far.</summary>
    public string ToString(int width)
    {
        int[] limits = Fit(width);
        int[] shown = [.. Enumerable.Range(0, columns.Length).Where(i => limits[i] > 0)];
        int[] widths = [.. shown.Select(i => ColumnWidth(i, limits[i]))];
        var text = new StringBuilder();
        Rule(text, widths, '┏', '━', '┳', '┓');
        Line(text, shown, widths, '┃', i => columns[i].Title);
        Rule(text, widths, '┡', '━', '╇', '┩');
        foreach (string[] row in _rows)
        {
            string[][] cells = [.. row.Select((cell, i) => TextLines.Wrap(cell, limits[i]))];
            int height = shown.Max(i => cells[i].Length);
            for (int line = 0; line < height; line++)
                Line(text, shown, widths, '│', i => line < cells[i].Length ? cells[i][line] : "");
        }

        Rule(text, widths, '└', '─', '┴', '┘');
        return text.ToString();
    }

    /// <summary>The most characters of each column's lines, 0 for a column that is left out.</summary>
    private int[] Fit(int width)
    {
        int[] limits = new int[columns.Length];
        Array.Fill(limits, WidestCell);
        foreach (int i in Enumerable.Range(0, columns.Length).Where(i => columns[i].Order > 0).OrderBy(i => columns[i].Order))
        {
            int excess = Width(limits) - width;
            if (excess <= 0)
                break;
            int narrower = ColumnWidth(i, limits[i]) - excess;
            bool enough = narrower >= columns[i].Narrowest && ColumnWidth(i, narrower) <= narrower;
            limits[i] = enough ? narrower : 0;
        }

        return limits;
    }

    /// <summary>Each column has a border and a space on either side of its text, and one more border ends the table.</summary>
    private int Width(int[] limits) => 1 + limits.Select((limit, i) => limit == 0 ? 0 : 3 + ColumnWidth(i, limit)).Sum();

    private int ColumnWidth(int column, int limit) =>
        _rows.SelectMany(row => TextLines.Wrap(row[column], limit)).Append(columns[column].Title).Max(line => line.Length);

    private static void Rule(StringBuilder text, int[] widths, char left, char line, char cross, char right)
    {
        text.Append(left);
        for (int i = 0; i < widths.Length; i++)
        {
            if (i > 0) text.Append(cross);
            text.Append(line, widths[i] + 2);
        }

        text.Append(right).Append('\n');
    }

    private void Line(StringBuilder text, int[] shown, int[] widths, char border, Func<int, string> cell)
    {
        for (int i = 0; i < shown.Length; i++)
        {
            string content = cell(shown[i]);
            text.Append(border).Append(' ');
            text.Append(columns[shown[i]].AlignRight ? content.PadLeft(widths[i]) : content.PadRight(widths[i])).Append(' ');
        }

        text.Append(border).Append('\n');
    }
}
