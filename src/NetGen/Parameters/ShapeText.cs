using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>Shapes as text, the same under every culture.</summary>
internal static class ShapeText
{
    /// <summary><c>[32, 1, 3, 3]</c>, as Python prints a tensor's shape.</summary>
    public static string Brackets(ReadOnlySpan<int> shape) => Join(shape, '[', ']');

    /// <summary><c>(28, 28, 1)</c>, as Keras prints a layer's.</summary>
    public static string Parentheses(ReadOnlySpan<int> shape) => Join(shape, '(', ')');

    private static string Join(ReadOnlySpan<int> shape, char open, char close)
    {
        var text = new StringBuilder().Append(open);
        for (int i = 0; i < shape.Length; i++)
        {
            if (i > 0) text.Append(", ");
            text.Append(CultureInfo.InvariantCulture, $"{shape[i]}");
        }

        return text.Append(close).ToString();
    }
}
