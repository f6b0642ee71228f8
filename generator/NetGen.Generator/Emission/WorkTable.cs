using NetGen.Generator.Text;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>The work items of a phase: groups one after the other, each with a number of items.</summary>
internal sealed class WorkTable
{
    private readonly List<(int Begin, int End, Action<CodeWriter, string> Body)> _groups = [];

    /// <summary>The number of all items.</summary>
    public int Count => _groups.Count == 0 ? 0 : _groups[_groups.Count - 1].End;

    /// <summary>Adds a group.</summary>
    /// <param name="items">How many items it has.</param>
    /// <param name="body">Writes the work; gets the number of the item in its group, as an expression.</param>
    public void Add(int items, Action<CodeWriter, string> body) => _groups.Add((Count, Count + items, body));

    /// <summary>Writes the table for the item <c>item</c>.</summary>
    public void Write(CodeWriter code)
    {
        if (_groups.Count == 1)
        {
            _groups[0].Body(code, "item");
            return;
        }

        using (code.Open("switch (item)"))
        {
            foreach ((int begin, int end, Action<CodeWriter, string> body) in _groups)
            {
                code.Line(end == Count ? "default:" : Invariant($"case < {end}:"));
                using (code.Indent())
                {
                    body(code, begin == 0 ? "item" : Invariant($"item - {begin}"));
                    code.Line("break;");
                }
            }
        }
    }
}
