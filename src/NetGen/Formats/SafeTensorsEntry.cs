using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>One tensor of a safetensors file, as its header describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its number type, for example <c>F32</c>.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Begin">Its first byte, counted from the start of the data.</param>
/// <param name="End">The byte after its last.</param>
internal sealed record SafeTensorsEntry(string Name, string Type, List<ulong> Shape, ulong Begin, ulong End)
{
    // No tensor of a network has more dimensions; a message shows no more of a hostile one.
    private const int MostDimensionsShown = 8;

    /// <summary>The shape as text, for example <c>[32, 1, 3, 3]</c>.</summary>
    public string ShapeText
    {
        get
        {
            var text = new StringBuilder("[");
            text.AppendJoin(", ", Shape.Take(MostDimensionsShown).Select(d => d.ToString(CultureInfo.InvariantCulture)));
            return text.Append(Shape.Count > MostDimensionsShown ? ", …]" : "]").ToString();
        }
    }

    /// <summary>Whether the tensor has the given dimensions.</summary>
    public bool HasShape(ReadOnlySpan<int> shape)
    {
        if (Shape.Count != shape.Length) return false;
        for (int i = 0; i < shape.Length; i++)
        {
            if (Shape[i] != (ulong)shape[i]) return false;
        }

        return true;
    }
}
