using System.Globalization;
using Microsoft.CodeAnalysis;
using Xunit;

namespace NetGen.Generator.Tests.Harness;

/// <summary>Compares what is reported about a declaration with the marks in its source.</summary>
internal static class DeclarationDiagnostics
{
    /// <summary>
    /// Asserts that exactly the marked diagnostics are reported, at exactly these places, in an IDE and in a build alike: there the analyzer
    /// reports all of them, here the generator the errors and the analyzer the rest. Code is generated if and only if none is an
    /// error. The summary (NG0001) is left out unless it is marked.
    /// </summary>
    /// <param name="marked">The source.</param>
    /// <param name="otherNetworks">Networks in the source that are generated beside the one that is looked at.</param>
    /// <param name="generates">Whether code is expected when nothing is an error.</param>
    /// <returns>The messages, in source order.</returns>
    public static IReadOnlyList<string> Verify(string marked, int otherNetworks = 0, bool generates = true)
    {
        Markup markup = Markup.Parse(marked);
        GeneratorRun ide = GeneratorRun.Of(TestCompilation.Create(markup.Source), HostOptions.Ide);
        bool withSummary = markup.Expected.Any(e => e.Id == "NG0001");
        Diagnostic[] actual = [.. ide.AnalyzerDiagnostics().Where(d => withSummary || d.Id != "NG0001")];

        Assert.Equal(
            markup.Expected.Select(e => Show(markup.Source, e.Id, e.Span.Start, e.Span.End)),
            actual.Select(d => Show(markup.Source, d.Id, d.Location.SourceSpan.Start, d.Location.SourceSpan.End)));
        Assert.Empty(ide.Diagnostics);
        bool generated = generates && actual.All(d => d.Severity != DiagnosticSeverity.Error);
        Assert.Equal(otherNetworks + (generated ? 1 : 0), ide.NetworkCount);

        GeneratorRun build = GeneratorRun.Of(markup.Source);
        Assert.Equal(actual.Select(Text), build.Reported().Where(d => withSummary || d.Id != "NG0001").Select(Text));
        Assert.All(build.Diagnostics, d => Assert.Equal(DiagnosticSeverity.Error, d.Severity));
        Assert.All(build.AnalyzerDiagnostics(), d => Assert.NotEqual(DiagnosticSeverity.Error, d.Severity));
        return [.. actual.Select(d => d.GetMessage(CultureInfo.InvariantCulture))];
    }

    /// <summary>The same for a network with these layers, in one list of attributes or several: <c>Input(4), Dense(2)], [ReLU</c>.</summary>
    public static IReadOnlyList<string> VerifyLayers(string layers) =>
        Verify($"[Network] [{layers}] public partial class Net;".Replace("], [", "] [", StringComparison.Ordinal));

    /// <summary>Asserts that a network with these layers has the marked diagnostic alone, and its message.</summary>
    public static void Check(string message, string layers) => Assert.Equal([message], VerifyLayers(layers));

    private static string Text(Diagnostic diagnostic) =>
        $"{diagnostic.Location.SourceSpan} {new DiagnosticFormatter().Format(diagnostic, CultureInfo.InvariantCulture)}";

    private static string Show(string source, string id, int start, int end) => $"{id} [{start}..{end}) '{source[start..end]}'";
}
