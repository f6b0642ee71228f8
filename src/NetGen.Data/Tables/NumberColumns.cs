using System.Globalization;

namespace NetGen.Data;

/// <summary>Columns of numbers, gathered record by record.</summary>
internal sealed class NumberColumns(int count) : OutputColumns
{
    private readonly List<float> _values = new(count);

    public float[] ToArray() => [.. _values];

    public override string? Add(int column, string text, IFormatProvider culture)
    {
        bool isNumber = float.TryParse(text, NumberStyles.Float, culture, out float value);
        _values.Add(value);
        if (isNumber && float.IsFinite(value))
            return null;
        if (string.IsNullOrWhiteSpace(text))
            return "the value is missing";
        return Quote.Text(text) + (isNumber ? " is not finite" : " is no number");
    }
}
