using System.Text;

namespace NetGen;

/// <summary>Text from a file, made fit for a message: without control characters, and not too long.</summary>
internal static class QuotedText
{
    private const int MaxCharacters = 80;

    /// <summary>A name in quotation marks, for example <c>'conv1.weight'</c>.</summary>
    /// <param name="utf8">The name.</param>
    public static string Quote(ReadOnlySpan<byte> utf8) => $"'{Clean(utf8)}'";

    /// <summary>The text itself, with <c>…</c> for what is beyond 80 characters.</summary>
    /// <param name="utf8">The text.</param>
    public static string Clean(ReadOnlySpan<byte> utf8)
    {
        var text = new StringBuilder();
        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out Rune rune, out int length);
            if (text.Length + rune.Utf16SequenceLength > MaxCharacters) return text.Append('…').ToString();
            text.Append(Rune.IsControl(rune) ? Rune.ReplacementChar : rune);
            utf8 = utf8[length..];
        }

        return text.ToString();
    }
}
