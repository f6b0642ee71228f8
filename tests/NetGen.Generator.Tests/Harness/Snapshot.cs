using System.Runtime.CompilerServices;
using System.Text;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Xunit.Sdk;

namespace NetGen.Generator.Tests.Harness;

/// <summary>
/// Compares generated sources with the files beside the test, by the conventions of Verify.SourceGenerators:
/// <c>Class.Method#Hint.verified.cs</c>, which begins with a <c>//HintName:</c> line. What differs or is missing is written beside
/// it as <c>.received.cs</c>; renaming that file accepts it.
/// </summary>
internal static class Snapshot
{
    /// <summary>Compares all sources of a run. Call it from the test itself: the files are named after the caller.</summary>
    public static void Verify(GeneratorRun run, [CallerFilePath] string testFile = "", [CallerMemberName] string test = "")
    {
        string prefix = Path.Combine(Path.GetDirectoryName(testFile)!, $"{Path.GetFileNameWithoutExtension(testFile)}.{test}#");
        Dictionary<string, string> received = run.Sources.ToDictionary(
            source => FileName(prefix, source.Key, "verified"),
            source => $"//HintName: {source.Key}\n{Normalize(source.Value)}",
            StringComparer.Ordinal);
        StringBuilder message = new();
        foreach ((string file, string text) in received.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            Compare(file, text, message);

        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(prefix)!, Path.GetFileName(prefix) + "*.verified.cs"))
        {
            if (!received.ContainsKey(file))
                message.AppendLine($"{Path.GetFileName(file)}: no such source is generated any more; delete the file.");
        }

        if (message.Length > 0)
            throw new XunitException(message.ToString());
    }

    private static void Compare(string file, string text, StringBuilder message)
    {
        string verified = File.Exists(file) ? Normalize(File.ReadAllText(file)) : "";
        string receivedFile = file.Replace(".verified.cs", ".received.cs", StringComparison.Ordinal);
        if (verified == text)
        {
            File.Delete(receivedFile);
            return;
        }

        File.WriteAllText(receivedFile, text);
        message.AppendLine($"{Path.GetFileName(file)} {(verified.Length == 0 ? "does not exist" : "differs")}; the new text is in {Path.GetFileName(receivedFile)}:");
        foreach (DiffPiece line in new InlineDiffBuilder(new Differ()).BuildDiffModel(verified, text).Lines.Where(line => line.Type != ChangeType.Unchanged).Take(40))
            message.AppendLine($"{(line.Type == ChangeType.Inserted ? '+' : '-')}{line.Position?.ToString(System.Globalization.CultureInfo.InvariantCulture),6} {line.Text}");
    }

    private static string FileName(string prefix, string hint, string state) =>
        prefix + (hint.EndsWith(".cs", StringComparison.Ordinal) ? hint[..^3] : hint) + $".{state}.cs";

    private static string Normalize(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
}
