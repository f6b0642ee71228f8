using System.Text.RegularExpressions;

namespace NetGen.Generator.Tests.Documents;

/// <summary>A fenced block of C# in a document that says which source it was taken from: <c>```csharp file=PATH</c>.</summary>
internal static partial class QuotedBlock
{
    /// <summary>All such blocks of a document.</summary>
    public static IEnumerable<(string Source, string Code)> In(string text) =>
        Fence().Matches(text).Select(match => (match.Groups["file"].Value, match.Groups["code"].Value));

    [GeneratedRegex("^```csharp file=(?<file>[^ \n]+)\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
