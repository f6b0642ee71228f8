namespace NetGen.Benchmarks.Reporting;

/// <summary>Sections of a Markdown file that the program writes anew, between marks that a reader does not see.</summary>
internal static class MarkedFile
{
    /// <summary>
    /// Replaces what is between <c>&lt;!-- NAME --&gt;</c> and <c>&lt;!-- end of NAME --&gt;</c>, or adds both marks with the text
    /// at the end of a file that has neither. All else in the file stays.
    /// </summary>
    /// <exception cref="InvalidDataException">One of the marks is missing, or they are not in order.</exception>
    public static void Replace(string path, string name, string text)
    {
        string begin = $"<!-- {name} -->", end = $"<!-- end of {name} -->";
        string content = File.Exists(path) ? File.ReadAllText(path) : "";
        int from = content.IndexOf(begin, StringComparison.Ordinal);
        int to = content.IndexOf(end, StringComparison.Ordinal);
        string section = $"{begin}\n{text}{end}";
        if (from < 0 && to < 0)
            File.WriteAllText(path, content + section + "\n");
        else if (from >= 0 && to > from)
            File.WriteAllText(path, content[..from] + section + content[(to + end.Length)..]);
        else
            throw new InvalidDataException($"{path} must have \"{begin}\" and, after it, \"{end}\".");
    }
}
