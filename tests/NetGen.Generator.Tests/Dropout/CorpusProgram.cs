namespace NetGen.Generator.Tests.Dropout;

/// <summary>
/// One program of the corpus. A file holds several: a line <c>//# name</c> begins one, a line <c>//: reason</c> says why it must be
/// reported or not, and a comment with the rule stands on each line that must be.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why the verdict is what it is.</param>
/// <param name="Text">The code.</param>
internal sealed record CorpusProgram(string Name, string Reason, string Text)
{
    /// <summary>What must be reported: the line, counted from 1, and the rule.</summary>
    public string[] Expected =>
    [
        .. Text.Split('\n').SelectMany(static (line, i) => line.IndexOf("// NG", StringComparison.Ordinal) is var mark and >= 0
            ? line[(mark + 3)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => $"{i + 1}: {id}")
            : []),
    ];

    /// <summary>All programs of a folder.</summary>
    public static IEnumerable<CorpusProgram> All(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs").Where(static file => Path.GetFileName(file) != "Networks.cs").Order(StringComparer.Ordinal)
            .SelectMany(static file => File.ReadAllText(file).ReplaceLineEndings("\n").Split("//# ", StringSplitOptions.RemoveEmptyEntries))
            .Select(Parse);

    private static CorpusProgram Parse(string text)
    {
        string[] parts = text.Split('\n', 3);
        return parts[1].StartsWith("//: ", StringComparison.Ordinal)
            ? new(parts[0], parts[1][4..], parts[2])
            : throw new FormatException($"The program {parts[0]} has no reason.");
    }
}
