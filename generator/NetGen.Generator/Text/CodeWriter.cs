using System.Text;

namespace NetGen.Generator.Text;

/// <summary>Text with indented blocks; every line ends in <c>\n</c>, whatever the machine.</summary>
internal sealed class CodeWriter
{
    private const int Width = 140;

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

    /// <summary>Writes several lines, each at the present depth.</summary>
    public void Lines(string lines)
    {
        foreach (string line in lines.Split('\n'))
            Line(line.TrimEnd('\r'));
    }

    /// <summary>Has an empty line come before what follows, except at the start of a block and at its end.</summary>
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

    /// <summary>Writes a call; arguments that do not fit on a line go on the next one.</summary>
    /// <param name="start">What comes before the arguments, with the parenthesis.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="end">What comes after them, with the parenthesis.</param>
    public void Call(string start, IReadOnlyList<string> arguments, string end = ");")
    {
        string line = start;
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i] + (i == arguments.Count - 1 ? end : ",");
            if ((4 * _depth) + line.Length + argument.Length + 1 > Width)
            {
                Line(line);
                line = "    " + argument;
            }
            else
            {
                line += (i == 0 ? "" : " ") + argument;
            }
        }

        Line(arguments.Count == 0 ? line + end : line);
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

    public override string ToString() => _text.ToString();

    private void Begin()
    {
        if (_hasGap)
            _text.Append('\n');
        _hasGap = false;
        _isFirst = false;
    }

    private void Close()
    {
        _hasGap = false;
        _depth--;
        Line("}");
    }

    /// <summary>An open block.</summary>
    public readonly struct Block(CodeWriter writer) : IDisposable
    {
        public void Dispose() => writer.Close();
    }

    /// <summary>Lines one step further in.</summary>
    public readonly struct Scope(CodeWriter writer) : IDisposable
    {
        public void Dispose() => writer._depth--;
    }
}
