using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator.Analysis;
using NetGen.Generator.Model;

namespace NetGen.Generator.Tests.Harness;

/// <summary>Runs the generator over a compilation, and the analyzers over what comes out.</summary>
internal sealed class GeneratorRun
{
    private readonly GeneratorDriver _driver;
    private readonly HostOptions _host;
    private readonly Lazy<ImmutableArray<Diagnostic>> _compilerDiagnostics;
    private readonly Lazy<ImmutableArray<Diagnostic>> _declarationDiagnostics;

    private GeneratorRun(GeneratorDriver driver, Compilation input, HostOptions host)
    {
        _host = host;
        _driver = driver.RunGeneratorsAndUpdateCompilation(input, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        Output = output;
        Diagnostics = diagnostics;
        GeneratorRunResult result = _driver.GetRunResult().Results.Single();
        if (result.Exception is not null)
            throw new InvalidOperationException("The generator threw: " + result.Exception, result.Exception);
        Result = result;
        _compilerDiagnostics = new(() => Output.GetDiagnostics());
        _declarationDiagnostics = new(() => AnalyzerDiagnostics(new DeclarationAnalyzer()));
    }

    /// <summary>The compilation with the generated sources.</summary>
    public Compilation Output { get; }

    /// <summary>What the generator itself reported.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>Sources and steps.</summary>
    public GeneratorRunResult Result { get; }

    /// <summary>Sources by hint name.</summary>
    public IReadOnlyDictionary<string, string> Sources =>
        Result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    /// <summary>The networks that code was generated for.</summary>
    public IEnumerable<NetworkModel> Models => Result.TrackedSteps.TryGetValue(NetworkGenerator.ModelStep, out ImmutableArray<IncrementalGeneratorRunStep> steps)
        ? steps.SelectMany(step => step.Outputs)
            .Where(output => output.Reason != IncrementalStepRunReason.Removed)
            .Select(output => (NetworkModel)output.Value)
        : [];

    /// <summary>Their number.</summary>
    public int NetworkCount => Models.Count();

    /// <summary>Runs over sources; see <see cref="TestCompilation"/>.</summary>
    public static GeneratorRun Of(params string[] sources) => Of(TestCompilation.Create(sources));

    /// <summary>Runs over a compilation, in a build unless another host is given.</summary>
    public static GeneratorRun Of(CSharpCompilation compilation, HostOptions? host = null)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new NetworkGenerator().AsSourceGenerator()],
            parseOptions: (CSharpParseOptions)compilation.SyntaxTrees.First().Options,
            optionsProvider: host ?? HostOptions.Build,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true, "/obj"));
        return new(driver, compilation, host ?? HostOptions.Build);
    }

    /// <summary>Runs again over an edited compilation, with what this run has cached.</summary>
    public GeneratorRun Again(Compilation compilation) => new(_driver, compilation, _host);

    /// <summary>What the compiler says, warnings included.</summary>
    public ImmutableArray<Diagnostic> CompilerDiagnostics() => _compilerDiagnostics.Value;

    /// <summary>What a build shows: like the command line, it looks at method bodies and analyzers only when nothing before is an error.</summary>
    public ImmutableArray<Diagnostic> BuildDiagnostics()
    {
        ImmutableArray<Diagnostic> first = [.. Output.GetParseDiagnostics(), .. Diagnostics, .. Output.GetDeclarationDiagnostics()];
        return first.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            ? first
            : [.. CompilerDiagnostics(), .. Diagnostics, .. AnalyzerDiagnostics()];
    }

    /// <summary>What the generator and the analyzer of declarations report together, in source order.</summary>
    public ImmutableArray<Diagnostic> Reported() => InOrder(Diagnostics.Concat(AnalyzerDiagnostics()));

    /// <summary>What the analyzer of declarations says, in source order.</summary>
    public ImmutableArray<Diagnostic> AnalyzerDiagnostics() => _declarationDiagnostics.Value;

    /// <summary>What these analyzers say, in source order.</summary>
    public ImmutableArray<Diagnostic> AnalyzerDiagnostics(params DiagnosticAnalyzer[] analyzers)
    {
        CompilationWithAnalyzers with = Output.WithAnalyzers(
            [.. analyzers],
            new CompilationWithAnalyzersOptions(
                _host.ForAnalyzers(),
                onAnalyzerException: (exception, analyzer, _) => throw new InvalidOperationException($"{analyzer} threw", exception),
                concurrentAnalysis: false,
                logAnalyzerExecutionTime: false));
        ImmutableArray<Diagnostic> diagnostics = with.GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        return InOrder(diagnostics);
    }

    private static ImmutableArray<Diagnostic> InOrder(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.OrderBy(d => d.Location.GetLineSpan().Path, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan)];
}
