using System.Globalization;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Analysis.Advice;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Advice;

/// <summary>Compares the advice about a declaration with the marks in it.</summary>
internal static class LayerAdvice
{
    /// <summary>Exactly what is marked is reported, and the network can be built.</summary>
    /// <returns>The messages, in source order.</returns>
    public static IReadOnlyList<string> Verify(string markedLayers)
    {
        Markup markup = Markup.Parse($"namespace Sample;\n\n[Network]\n{markedLayers}\npublic partial class Net;\n");
        GeneratorRun run = GeneratorRun.Of(markup.Source);
        Assert.Equal(1, run.NetworkCount);
        Diagnostic[] found = [.. run.AnalyzerDiagnostics(new LayerAdviceAnalyzer())];
        Assert.Equal(
            markup.Expected.Select(expected => $"{expected.Id} {expected.Span}"),
            found.Select(diagnostic => $"{diagnostic.Id} {diagnostic.Location.SourceSpan}"));
        return [.. found.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture))];
    }
}
