using System.Runtime.CompilerServices;
using System.Text;

namespace NetGen.Generator.Text;

/// <summary>Numbers in texts, the same in every culture, and without a format that is parsed and an array for each text.</summary>
internal static class InvariantText
{
    /// <summary>The text, whose numbers are written in the invariant culture.</summary>
    public static string Invariant(Handler text) => text.ToText();

    /// <summary>Collects the parts of a text; the compiler calls it.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Handler
    {
        [ThreadStatic]
        private static StringBuilder? t_spare;

        private readonly StringBuilder _text;

        /// <summary>Begins a text.</summary>
        /// <param name="literals">Characters outside of holes.</param>
        /// <param name="holes">The number of holes.</param>
        public Handler(int literals, int holes)
        {
            // A hole may hold another text, so the spare builder is taken as long as it is used.
            _text = t_spare ?? new StringBuilder(literals + (8 * holes));
            t_spare = null;
        }

        /// <summary>Appends what is outside of holes.</summary>
        public void AppendLiteral(string text) => _text.Append(text);

        /// <summary>Appends a text.</summary>
        public void AppendFormatted(string? text) => _text.Append(text);

        /// <summary>Appends a number.</summary>
        public void AppendFormatted(int number)
        {
            if (number is >= 0 and < 10)
                _text.Append((char)('0' + number));
            else
                _text.Append(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        /// <summary>Appends anything else.</summary>
        public void AppendFormatted(object? value) => AppendFormatted(value, null);

        /// <summary>Appends anything else, in a format.</summary>
        public void AppendFormatted(object? value, string? format) => _text.Append(
            value is IFormattable formattable ? formattable.ToString(format, System.Globalization.CultureInfo.InvariantCulture) : value?.ToString());

        /// <summary>Ends the text.</summary>
        public string ToText()
        {
            string text = _text.ToString();
            _text.Clear();
            t_spare = _text;
            return text;
        }
    }
}
