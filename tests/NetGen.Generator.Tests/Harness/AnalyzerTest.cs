using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace NetGen.Generator.Tests.Harness;

/// <summary>Runs one analyzer on a program whose expected diagnostics are written as <c>[|…|]</c>.</summary>
internal static class AnalyzerTest
{
    /// <summary>The reported spans must be exactly the marked ones, all of them of one rule.</summary>
    /// <param name="id">The rule.</param>
    /// <param name="marked">The program, without warnings of its own.</param>
    /// <param name="others">Further documents, for example generated ones.</param>
    /// <returns>What was reported, in source order.</returns>
    public static async Task<ImmutableArray<Diagnostic>> VerifyAsync<TAnalyzer>(
        string id, string marked, params (string Name, string Text)[] others)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        Markup markup = Markup.Parse(marked.Replace("[|", "{|" + id + ":", StringComparison.Ordinal).Replace("|]", "|}", StringComparison.Ordinal));
        Compilation compilation = await TestSolution.Create([("Program.cs", markup.Source), .. others]).CompileAsync();
        ImmutableArray<Diagnostic> found = await compilation.AnalyzeAsync(new TAnalyzer());
        Assert.Equal(
            markup.Expected.Select(expected => Show(expected.Id, expected.Span, markup.Source)),
            found.Select(d => Show(d.Id, d.Location.SourceSpan, d.Location.SourceTree!.ToString())));
        return found;
    }

    private static string Show(string id, TextSpan span, string source) => $"{id} {span} {source.AsSpan(span.Start, span.Length)}";
}
