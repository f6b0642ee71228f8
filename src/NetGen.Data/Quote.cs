namespace NetGen.Data;

/// <summary>Text from a file, made fit for a message: without control characters, and not too long.</summary>
internal static class Quote
{
    private const int MaxCharacters = 40;

    /// <summary>The text in quotation marks, with <c>…</c> for what is beyond 40 characters.</summary>
    public static string Text(string text)
    {
        string start = text.Length <= MaxCharacters ? text : text[..MaxCharacters] + "…";
        return $"'{string.Concat(start.Select(c => char.IsControl(c) ? '\uFFFD' : c))}'";
    }
}
