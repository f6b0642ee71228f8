using System.Text;

namespace NetGen.Generator.Text;

/// <summary>Text with indented blocks; every line ends in <c>\n</c>, whatever the machine.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _blockJustOpened = true;

    /// <summary>Writes one line, or an empty one.</summary>
    public void Line(string line = "")
    {
        if (line.Length > 0)
            _text.Append(' ', 4 * _depth).Append(line);
        _text.Append('\n');
        _blockJustOpened = false;
    }

    /// <summary>Writes several lines, each at the present depth.</summary>
    public void Lines(string lines)
    {
        foreach (string line in lines.Split('\n'))
            Line(line.TrimEnd('\r'));
    }

    /// <summary>Writes an empty line, except at the start of a block.</summary>
    public void Gap()
    {
        if (!_blockJustOpened)
            Line();
        _blockJustOpened = true;
    }

    /// <summary>Writes a header and an opening brace; the block ends when the result is disposed.</summary>
    public Block Open(string? header = null)
    {
        if (header is not null)
            Line(header);
        Line("{");
        _depth++;
        _blockJustOpened = true;
        return new Block(this);
    }

    /// <summary>Indents until the result is disposed.</summary>
    public Scope Indent()
    {
        _depth++;
        _blockJustOpened = true;
        return new Scope(this);
    }

    public override string ToString() => _text.ToString();

    private void Close()
    {
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
