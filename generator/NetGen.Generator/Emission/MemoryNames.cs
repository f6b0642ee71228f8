using NetGen.Generator.Graph;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Emission;

/// <summary>
/// A class of generated constants with the offsets of values: <c>Activation.Conv1</c>. If code uses the first pixel inside a halo, it has a
/// constant of its own.
/// </summary>
/// <param name="type">The name of the class.</param>
internal sealed class MemoryNames(string type)
{
    private readonly HashSet<string> _insides = new(StringComparer.Ordinal);

    /// <summary>A reference to a value: <c>ref values[Activation.Conv1]</c>.</summary>
    /// <param name="memory">The variable for the memory that the offsets count from.</param>
    /// <param name="name">The constant.</param>
    /// <param name="offset">Floats from the constant.</param>
    /// <param name="layout">The layout of the buffer, whose origin has a constant of its own.</param>
    public string At(string memory, string name, int offset, BufferLayout layout)
    {
        if (offset != 0 && offset == layout.Origin)
        {
            name += "Inside";
            _insides.Add(name);
            offset = 0;
        }

        return offset == 0 ? $"ref {memory}[{type}.{name}]" : Invariant($"ref {memory}[{type}.{name} + {offset}]");
    }

    /// <summary>In words, of which tensor another one is a slice; empty for most, which are none.</summary>
    public static string PlaceOf(Tensor tensor) =>
        tensor.Slice is { } slice ? Invariant($", in {slice.Whole.Name} from channel {slice.Channel}") : "";

    /// <summary>Writes a constant.</summary>
    public void Write(CodeWriter code, string name, int offset, string comment, BufferLayout layout)
    {
        code.Line(Invariant($"internal const int {name} = {offset};{(comment.Length == 0 ? "" : " // ")}{comment}"));
        if (layout.Halo.IsEmpty)
            return;
        Halo halo = layout.Halo;
        code.Line(layout.Shape.Height == 1 && halo.Top == 0 && halo.Bottom == 0
            ? Invariant($"// … in a halo of {halo.Left} before, {halo.Right} after.")
            : Invariant($"// … in a halo of {halo.Top} above, {halo.Left} left, {halo.Bottom} below, {halo.Right} right."));
        if (_insides.Contains(name + "Inside"))
            code.Line(Invariant($"internal const int {name}Inside = {name} + {layout.Origin};"));
    }
}
