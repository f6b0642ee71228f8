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

    private GeneratorRun(GeneratorDriver driver, Compilation input)
    {
        _driver = driver.RunGeneratorsAndUpdateCompilation(input, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        Output = output;
        Diagnostics = diagnostics;
        GeneratorRunResult result = _driver.GetRunResult().Results.Single();
        if (result.Exception is not null)
            throw new InvalidOperationException("The generator threw: " + result.Exception, result.Exception);
        Result = result;
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

    /// <summary>Runs over a compilation.</summary>
    public static GeneratorRun Of(CSharpCompilation compilation)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new NetworkGenerator().AsSourceGenerator()],
            parseOptions: (CSharpParseOptions)compilation.SyntaxTrees.First().Options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true, "/obj"));
        return new(driver, compilation);
    }

    /// <summary>Runs again over an edited compilation, with what this run has cached.</summary>
    public GeneratorRun Again(Compilation compilation) => new(_driver, compilation);

    /// <summary>What the compiler says, warnings included.</summary>
    public ImmutableArray<Diagnostic> CompilerDiagnostics() => Output.GetDiagnostics();

    /// <summary>What the analyzers say, in source order.</summary>
    public ImmutableArray<Diagnostic> AnalyzerDiagnostics(params DiagnosticAnalyzer[] analyzers)
    {
        CompilationWithAnalyzers with = Output.WithAnalyzers(
            analyzers.Length == 0 ? [new DeclarationAnalyzer()] : [.. analyzers],
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]),
                onAnalyzerException: (exception, analyzer, _) => throw new InvalidOperationException($"{analyzer} threw", exception),
                concurrentAnalysis: false,
                logAnalyzerExecutionTime: false));
        ImmutableArray<Diagnostic> diagnostics = with.GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        return [.. diagnostics.OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan)];
    }
}
