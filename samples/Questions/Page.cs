using static System.FormattableString;

namespace Questions;

/// <summary>Writes the answers as Markdown, which is readable on a terminal, too.</summary>
/// <param name="output">Where it is written.</param>
internal sealed class Page(TextWriter output)
{
    private const int Width = 120;

    /// <summary>The claims that did not hold.</summary>
    public List<string> Failed { get; } = [];

    /// <summary>Writes what all pages stand under.</summary>
    public void Heading(string text)
    {
        output.WriteLine("# " + text);
        output.WriteLine();
    }

    /// <summary>Begins the page of a question.</summary>
    public void Title(int number, string title)
    {
        output.WriteLine(Invariant($"## {number}. {title}"));
        output.WriteLine();
    }

    /// <summary>Writes a paragraph, in lines that are broken between words.</summary>
    public void Text(string text)
    {
        WriteWrapped(text);
        output.WriteLine();
    }

    /// <summary>Writes a table with columns of equal width.</summary>
    public void Table(IReadOnlyList<string> head, params IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] all = [head, .. rows];
        int[] widths = [.. Enumerable.Range(0, head.Count).Select(column => all.Max(row => row[column].Length))];
        Row(head);
        output.WriteLine("|" + string.Concat(widths.Select((width, column) => (column == 0 ? new string('-', width + 2) : new string('-', width + 1) + ":") + "|")));
        foreach (IReadOnlyList<string> row in all.Skip(1))
            Row(row);
        output.WriteLine();

        void Row(IReadOnlyList<string> cells) => output.WriteLine(
            "|" + string.Concat(cells.Select((cell, column) => " " + (column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])) + " |")));
    }

    /// <summary>Writes a claim with whether it holds. The program ends with an error if one does not.</summary>
    public void Check(string claim, bool holds)
    {
        WriteWrapped((holds ? "* Holds: " : "* **Does not hold:** ") + claim);
        if (!holds)
            Failed.Add(claim);
    }

    /// <summary>Ends the page.</summary>
    public void Answer(string text)
    {
        output.WriteLine();
        WriteWrapped("**Answer.** " + text);
        output.WriteLine();
    }

    private void WriteWrapped(string text)
    {
        int column = 0;
        foreach (string word in text.Split(' '))
        {
            bool breaks = column > 0 && column + 1 + word.Length > Width;
            if (column > 0)
                output.Write(breaks ? Environment.NewLine : " ");
            output.Write(word);
            column = breaks || column == 0 ? word.Length : column + 1 + word.Length;
        }

        output.WriteLine();
    }
}
