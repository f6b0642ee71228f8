using System.Text;

namespace NetGen;

/// <summary>Breaks text into lines between words, and never within one: no number is torn.</summary>
internal static class TextLines
{
    /// <summary>Breaks a text into lines.</summary>
    /// <param name="text">Words with spaces between them.</param>
    /// <param name="width">The most characters of a line; a word that is longer has a line of its own.</param>
    /// <param name="indent">Spaces in front of every line but the first.</param>
    public static string[] Wrap(string text, int width, int indent = 0)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        bool empty = true;
        foreach (string word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!empty && line.Length + 1 + word.Length > width)
            {
                lines.Add(line.ToString());
                line.Clear().Append(' ', indent);
                empty = true;
            }

            if (!empty) line.Append(' ');
            line.Append(word);
            empty = false;
        }

        lines.Add(line.ToString());
        return [.. lines];
    }

    /// <summary>The name, in at most <paramref name="width"/> characters: <c>…</c> replaces the end of one that is too long.</summary>
    public static string Shorten(string name, int width) =>
        name.Length <= width ? name : string.Concat(name.AsSpan(0, Math.Max(width - 1, 0)), "…");
}
