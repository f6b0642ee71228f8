using System.Text;

namespace NetGen.Generator.Text;

/// <summary>Text with indented blocks; every line ends in <c>\n</c>, whatever the machine.</summary>
internal sealed class CodeWriter
{
    /// <summary>Short statements that belong together share a line up to this column.</summary>
    private const int GatheredColumns = 140;

    /// <summary>The longest line of statements.</summary>
    private const int MaxColumns = 160;

    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _isFirst = true;
    private bool _hasGap;

    /// <summary>Writes one line, or an empty one.</summary>
    public void Line(string line = "")
    {
        Begin();
        if (line.Length > 0)
            _text.Append(' ', 4 * _depth).Append(line);
        _text.Append('\n');
    }

    /// <summary>Writes several lines, each at the present depth; a member that is longer than a line is broken after its arrow.</summary>
    public void Lines(string lines)
    {
        const string arrow = " => ";
        foreach (string whole in lines.Split('\n'))
        {
            string line = whole.TrimEnd('\r');
            int at = (4 * _depth) + line.Length > MaxColumns ? line.IndexOf(arrow, StringComparison.Ordinal) : -1;
            if (at < 0)
            {
                Line(line);
                continue;
            }

            int indent = line.Length - line.TrimStart().Length;
            Line(line.Substring(0, at + arrow.Length - 1));
            Line(new string(' ', indent + 4) + line.Substring(at + arrow.Length));
        }
    }

    /// <summary>Writes a comment, on several lines where it is longer than one.</summary>
    public void Comment(string text)
    {
        int room = MaxColumns - (4 * _depth) - "// ".Length;
        while (text.Length > room && text.LastIndexOf(' ', room) is var space && space > 0)
        {
            Line("// " + text.Substring(0, space));
            text = text.Substring(space + 1);
        }

        Line("// " + text);
    }

    /// <summary>Writes one statement; one that is longer than a line is broken after its commas, and goes on a step further in.</summary>
    public void Statement(string statement)
    {
        int at = Break(statement);
        if (at < 0)
        {
            Line(statement);
            return;
        }

        Line(statement.Substring(0, at).TrimEnd());
        using (Indent())
        {
            string rest = statement.Substring(at);
            for (at = Break(rest); at >= 0; at = Break(rest))
            {
                Line(rest.Substring(0, at).TrimEnd());
                rest = rest.Substring(at);
            }

            Line(rest);
        }
    }

    /// <summary>
    /// Writes the rows of a matrix: as many on a line as find room, the same number on every line. A row stays whole, unless it is longer than
    /// a line; then it is written on several, in even parts.
    /// </summary>
    /// <param name="rows">The rows: statements, or what is declared together.</param>
    /// <param name="before">What each line begins with.</param>
    /// <param name="between">What stands between two elements.</param>
    /// <param name="after">What each line ends with.</param>
    public void Rows(IEnumerable<IReadOnlyList<string>> rows, string before = "", string between = " ", string after = "")
    {
        IReadOnlyList<string>[] all = [.. rows.Where(row => row.Count > 0)];
        if (all.Length == 0)
            return;
        int frame = (4 * _depth) + before.Length + after.Length - between.Length;
        int longest = all.Max(Width);
        int together = Math.Max(1, (GatheredColumns - frame) / longest);
        int lines = (all.Length + together - 1) / together;
        int step = (all.Length + lines - 1) / lines;
        for (int row = 0; row < all.Length; row += step)
        {
            string[] line = [.. all.Skip(row).Take(step).SelectMany(elements => elements)];
            int parts = 1;
            while (parts < line.Length && Parts(line, parts).Max(Width) > MaxColumns - frame)
                parts++;
            foreach (string[] part in Parts(line, parts))
                Statement(before + string.Join(between, part) + after);
        }

        int Width(IReadOnlyList<string> elements) => elements.Sum(element => element.Length + between.Length);
    }

    /// <summary>Writes a matrix of one column.</summary>
    public void Rows(IEnumerable<string> rows) => Rows(rows.Select(row => new[] { row }));

    /// <summary>Writes statements that belong together, as many on a line as find room.</summary>
    public void Together(params string[] statements)
    {
        string line = "";
        foreach (string statement in statements)
        {
            if (line.Length > 0 && line.Length + 1 + statement.Length > GatheredColumns - (4 * _depth))
            {
                Statement(line);
                line = "";
            }

            line += (line.Length > 0 ? " " : "") + statement;
        }

        if (line.Length > 0)
            Statement(line);
    }

    /// <summary>Puts an empty line before the next line, except at the start and at the end of a block.</summary>
    public void Gap() => _hasGap = !_isFirst;

    /// <summary>Writes a header and an opening brace; the block ends when the result is disposed.</summary>
    public Block Open(string? header = null)
    {
        if (header is not null)
            Line(header);
        Line("{");
        _depth++;
        _isFirst = true;
        return new Block(this);
    }

    /// <summary>Writes what another writer has written, as it is.</summary>
    public void Append(string text)
    {
        if (text.Length == 0)
            return;
        Begin();
        _text.Append(text);
    }

    /// <summary>Indents until the result is disposed.</summary>
    public Scope Indent()
    {
        _depth++;
        _isFirst = true;
        return new Scope(this);
    }

    /// <summary>A writer of text that will be appended here.</summary>
    public CodeWriter Part() => new() { _depth = _depth };

    /// <summary>Puts a text before all that was written.</summary>
    public void Prepend(string text) => _text.Insert(0, text);

    /// <summary>The number of characters.</summary>
    public int Length => _text.Length;

    /// <summary>Reads what was written. One string with all of a large file would be an object that only a full garbage collection frees.</summary>
    public TextReader Read() => new Reader(_text);

    /// <summary>What was written, in pieces of whole lines.</summary>
    public IEnumerable<string> Pieces()
    {
        const int most = 16 * 1024;
        char[] piece = new char[most];
        for (int at = 0, count; at < _text.Length; at += count)
        {
            count = Math.Min(most, _text.Length - at);
            _text.CopyTo(at, piece, 0, count);
            int end = Array.LastIndexOf(piece, '\n', count - 1, count) + 1;
            if (end > 0)
                count = end;
            yield return new string(piece, 0, count);
        }
    }

    public override string ToString() => _text.ToString();

    private void Begin()
    {
        if (_hasGap)
            _text.Append('\n');
        _hasGap = false;
        _isFirst = false;
    }

    /// <summary>Splits a line into parts of equal numbers of elements, but for the last one.</summary>
    private static IEnumerable<string[]> Parts(string[] line, int parts)
    {
        int length = (line.Length + parts - 1) / parts;
        for (int first = 0; first < line.Length; first += length)
            yield return [.. line.Skip(first).Take(length)];
    }

    /// <summary>The position after which a long line is broken: a comma, or if none is early enough, a parenthesis; -1 if the text fits or has neither.</summary>
    private int Break(string text)
    {
        int room = MaxColumns - (4 * _depth);
        if (text.Length <= room)
            return -1;
        int comma = text.LastIndexOf(", ", room, StringComparison.Ordinal);
        if (comma >= 0)
            return comma + 2;
        int parenthesis = text.IndexOf('(');
        if (parenthesis >= 0 && parenthesis < text.Length - 1 && text.IndexOf(", ", StringComparison.Ordinal) > 0)
            return parenthesis + 1;
        comma = text.IndexOf(", ", StringComparison.Ordinal);
        return comma < 0 ? -1 : comma + 2;
    }

    private void Close()
    {
        _hasGap = false;
        _depth--;
        Line("}");
    }

    /// <summary>An open block; the default value is no block, and disposing it writes nothing.</summary>
    public readonly struct Block(CodeWriter? writer) : IDisposable
    {
        public void Dispose() => writer?.Close();
    }

    /// <summary>Reads text that is complete.</summary>
    private sealed class Reader(StringBuilder text) : TextReader
    {
        private int _at;

        public override int Peek() => _at < text.Length ? text[_at] : -1;

        public override int Read() => _at < text.Length ? text[_at++] : -1;

        public override int Read(char[] buffer, int index, int count)
        {
            count = Math.Min(count, text.Length - _at);
            text.CopyTo(_at, buffer, index, count);
            _at += count;
            return count;
        }
    }

    /// <summary>Lines one step further in.</summary>
    public readonly struct Scope(CodeWriter writer) : IDisposable
    {
        public void Dispose() => writer._depth--;
    }
}
