namespace NetGen.Benchmarks.Reporting;

/// <summary>Sections of a Markdown file that the program writes anew, between marks that a reader does not see.</summary>
internal static class MarkedFile
{
    /// <summary>
    /// Replaces what is between the lines <c>&lt;!-- NAME --&gt;</c> and <c>&lt;!-- end of NAME --&gt;</c>, or adds both with the
    /// text at the end of a file that has neither. All else in the file stays.
    /// </summary>
    /// <exception cref="InvalidDataException">The file has one of the marks only, one of them twice, or the end first.</exception>
    public static void Replace(string path, string name, string text)
    {
        string begin = $"<!-- {name} -->", end = $"<!-- end of {name} -->";
        string content = File.Exists(path) ? File.ReadAllText(path) : "";
        List<string> lines = [.. content.Split('\n')];
        int from = lines.FindIndex(line => IsMark(line, begin)), to = lines.FindIndex(line => IsMark(line, end));
        int marks = lines.Count(line => IsMark(line, begin) || IsMark(line, end));
        string section = $"{begin}\n{text.TrimEnd('\n')}\n{end}";
        if (marks == 0)
            content += section + "\n";
        else if (marks == 2 && from >= 0 && from < to)
            content = string.Join('\n', [.. lines[..from], section, .. lines[(to + 1)..]]);
        else
            throw new InvalidDataException($"{path} must have one line \"{begin}\" and after it one line \"{end}\", or neither.");
        File.WriteAllText(path, content);
    }

    private static bool IsMark(string line, string mark) => line.TrimEnd('\r') == mark;
}
