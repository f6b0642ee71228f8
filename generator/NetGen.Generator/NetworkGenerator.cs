using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generator.Analysis;
using NetGen.Generator.Declaration;
using NetGen.Generator.Emission;
using NetGen.Generator.Model;
using NetGen.Generator.Rules;
using NetGen.Generator.Text;

namespace NetGen.Generator;

/// <summary>
/// Writes the code of every class with <c>[Network]</c>. A declaration travels one way, syntax → model → graph → text; no symbol
/// or syntax goes past the first step, so an edit that leaves the declaration alone leaves the output alone. Errors of a declaration are
/// reported from here in every build, and by <see cref="DeclarationAnalyzer"/> in an IDE: see <see cref="ErrorReporting"/>.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <summary>The name of the step that parses declarations.</summary>
    internal const string DeclarationStep = "Declaration";

    /// <summary>The name of the step that holds the networks that can be built.</summary>
    internal const string ModelStep = "Model";

    /// <summary>The name of the step that holds the networks whose layers have errors.</summary>
    internal const string OutlineStep = "Outline";

    /// <summary>The name of the step that holds the errors of declarations.</summary>
    internal const string ErrorStep = "Error";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Result> declarations = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                WellKnown.NetworkAttribute,
                static (node, _) => node is ClassDeclarationSyntax or RecordDeclarationSyntax,
                static (attributed, cancellation) => Result.Of(DeclarationParser.Parse(
                    (INamedTypeSymbol)attributed.TargetSymbol, cancellation), cancellation))
            .WithTrackingName(DeclarationStep);

        IncrementalValuesProvider<NetworkModel> networks = declarations
            .Where(static result => result.Model is not null)
            .Select(static (result, _) => result.Model!)
            .WithTrackingName(ModelStep);
        IncrementalValuesProvider<NetworkOutline> outlines = declarations
            .Where(static result => result.Outline is not null)
            .Select(static (result, _) => result.Outline!)
            .WithTrackingName(OutlineStep);

        IncrementalValuesProvider<FaultRecord> errors = declarations
            .SelectMany(static (result, _) => result.Errors.Items)
            .WithTrackingName(ErrorStep);
        IncrementalValueProvider<bool> byAnalyzer = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => ErrorReporting.IsByAnalyzer(options));

        // Only the generator's own files must have different names, so the other types of the project need not be looked at.
        IncrementalValueProvider<EquatableArray<string>> alike = declarations
            .Where(static result => result.MetadataName is not null)
            .Select(static (result, _) => result.MetadataName!)
            .Collect()
            .Select(static (names, _) => HintNames.Alike(names));

        IncrementalValueProvider<int> winogradTiles = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => WinogradOption.Read(options));
        context.RegisterSourceOutput(networks.Combine(alike).Combine(winogradTiles), static (output, pair) =>
        {
            ((NetworkModel model, EquatableArray<string> others), int tiles) = pair;
            string prefix = HintNames.Prefix(model.MetadataName, others);
            Emit(model with { ForcedWinogradTiles = tiles }, prefix, output);
        });
        context.RegisterSourceOutput(outlines.Combine(alike).Combine(byAnalyzer), static (output, pair) =>
        {
            (NetworkOutline outline, EquatableArray<string> others) = pair.Left;
            Add(output, HintNames.Prefix(outline.MetadataName, others), OutlineEmitter.Write(outline, mustNotBuild: !pair.Right));
        });
        context.RegisterSourceOutput(errors.Combine(byAnalyzer), static (output, pair) =>
        {
            if (!pair.Right)
                output.ReportDiagnostic(pair.Left.ToDiagnostic());
        });
    }

    /// <summary>Writes all files of a network, or none and an error: the compiler makes only a warning of a generator's exception.</summary>
    private static void Emit(NetworkModel model, string prefix, SourceProductionContext output)
    {
        (string Concern, CodeWriter Text)[] files;
        try
        {
            files = [.. NetworkEmitter.Write(model, output.CancellationToken)];
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            output.ReportDiagnostic(Diagnostic.Create(GeneratorRules.NotWritten, Location.None, model.Name, exception.Message));
            return;
        }

        foreach ((string concern, CodeWriter text) in files)
            Add(output, prefix + concern, text);
    }

    private static void Add(SourceProductionContext output, string name, CodeWriter text) =>
        output.AddSource(name + ".g.cs", SourceText.From(text.Read(), text.Length, Encoding.UTF8));

    /// <summary>What the pipeline keeps of a parsed declaration.</summary>
    private sealed record Result(NetworkModel? Model, NetworkOutline? Outline, EquatableArray<FaultRecord> Errors)
    {
        public string? MetadataName => Model?.MetadataName ?? Outline?.MetadataName;

        public static Result Of(ParsedDeclaration parsed, CancellationToken cancellation) => new(
            parsed.Model,
            parsed.Outline,
            parsed.Faults.Where(fault => fault.IsError).Select(fault => FaultRecord.Of(fault, cancellation)).ToEquatableArray());
    }
}
