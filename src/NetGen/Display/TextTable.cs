using System.Text;

namespace NetGen;

/// <summary>A column of a <see cref="TextTable"/>.</summary>
internal sealed record TextColumn(string Title, bool AlignRight = false);

/// <summary>
/// A table drawn with the box characters that Keras uses: a heavy frame around the titles, a light one around the rows.
/// Columns are as wide as their content; long text is broken between words.
/// </summary>
internal sealed class TextTable(params TextColumn[] columns)
{
    // Beyond this many characters the text of a cell goes on in a line of its own.
    private const int WidestCell = 40;

    private readonly List<string[][]> _rows = [];

    /// <summary>Adds a row with one text for each column.</summary>
    public void Add(params string[] cells) => _rows.Add([.. cells.Select(Wrap)]);

    /// <inheritdoc/>
    public override string ToString()
    {
        int[] widths = [.. columns.Select((column, i) =>
            _rows.SelectMany(row => row[i]).Append(column.Title).Max(line => line.Length))];
        var text = new StringBuilder();
        Rule(text, widths, '┏', '━', '┳', '┓');
        Line(text, widths, '┃', i => columns[i].Title);
        Rule(text, widths, '┡', '━', '╇', '┩');
        foreach (string[][] row in _rows)
        {
            int height = row.Max(cell => cell.Length);
            for (int line = 0; line < height; line++)
                Line(text, widths, '│', i => line < row[i].Length ? row[i][line] : "");
        }

        Rule(text, widths, '└', '─', '┴', '┘');
        return text.ToString();
    }

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

    private static string[] Wrap(string text)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > WidestCell)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            if (line.Length > 0) line.Append(' ');
            line.Append(word);
        }

        lines.Add(line.ToString());
        return [.. lines];
    }

    private void Line(StringBuilder text, int[] widths, char border, Func<int, string> cell)
    {
        for (int i = 0; i < widths.Length; i++)
        {
            string content = cell(i);
            text.Append(border).Append(' ');
            text.Append(columns[i].AlignRight ? content.PadLeft(widths[i]) : content.PadRight(widths[i])).Append(' ');
        }

        text.Append(border).Append('\n');
    }
}
