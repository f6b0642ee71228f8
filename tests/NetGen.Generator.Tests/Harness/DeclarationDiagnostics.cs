using Microsoft.CodeAnalysis;
using Xunit;

namespace NetGen.Generator.Tests.Harness;

/// <summary>Compares what is reported about a declaration with the marks in its source.</summary>
internal static class DeclarationDiagnostics
{
    /// <summary>
    /// Asserts that exactly the marked diagnostics are reported, at exactly these places, and that the generator said nothing itself
    /// and generated code if and only if none of them is an error. The summary (NG0001) is left out unless it is marked.
    /// </summary>
    /// <param name="marked">The source.</param>
    /// <param name="otherNetworks">Networks in the source that are generated beside the one that is looked at.</param>
    /// <param name="generates">Whether code is expected when nothing is an error.</param>
    /// <returns>The messages, in source order.</returns>
    public static IReadOnlyList<string> Verify(string marked, int otherNetworks = 0, bool generates = true)
    {
        Markup markup = Markup.Parse(marked);
        GeneratorRun run = GeneratorRun.Of(markup.Source);
        bool withSummary = markup.Expected.Any(e => e.Id == "NG0001");
        Diagnostic[] actual = [.. run.AnalyzerDiagnostics().Where(d => withSummary || d.Id != "NG0001")];

        Assert.Equal(
            markup.Expected.Select(e => Show(markup.Source, e.Id, e.Span.Start, e.Span.End)),
            actual.Select(d => Show(markup.Source, d.Id, d.Location.SourceSpan.Start, d.Location.SourceSpan.End)));
        Assert.Empty(run.Diagnostics);
        bool generated = generates && actual.All(d => d.Severity != DiagnosticSeverity.Error);
        Assert.Equal(otherNetworks + (generated ? 1 : 0), run.NetworkCount);
        return [.. actual.Select(d => d.GetMessage(System.Globalization.CultureInfo.InvariantCulture))];
    }

    private static string Show(string source, string id, int start, int end) => $"{id} [{start}..{end}) '{source[start..end]}'";
}
