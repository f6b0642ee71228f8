using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator.Analysis;
using NetGen.Generator.Declaration;

namespace NetGen.Generator.Tests.Harness;

/// <summary>The options that reach generator and analyzers.</summary>
internal sealed class HostOptions : AnalyzerConfigOptionsProvider
{
    /// <summary>A build, or any host that does not import the package's targets.</summary>
    public static readonly HostOptions Build = new([]);

    /// <summary>An IDE or <c>dotnet format</c>: the package's targets leave errors to the analyzer.</summary>
    public static readonly HostOptions Ide = new(new Dictionary<string, string> { [ErrorReporting.Key] = "true" });

    /// <summary>A build in which every convolution that can uses Winograd's transforms, in tiles of so many rows; 0 where the cost model chooses.</summary>
    public static HostOptions WithWinograd(int tiles) =>
        tiles == 0 ? Build : new(new Dictionary<string, string> { [WinogradOption.Key] = tiles.ToString(CultureInfo.InvariantCulture) });

    private HostOptions(Dictionary<string, string> options) => GlobalOptions = new Options(options);

    /// <inheritdoc/>
    public override AnalyzerConfigOptions GlobalOptions { get; }

    /// <inheritdoc/>
    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    /// <inheritdoc/>
    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    /// <summary>The same for analyzers.</summary>
    public AnalyzerOptions ForAnalyzers() => new([], this);

    private sealed class Options(Dictionary<string, string> options) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => options.TryGetValue(key, out value);
    }
}
