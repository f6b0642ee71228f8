using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Declaration;
using NetGen.Generator.Emission;
using NetGen.Generator.Model;

namespace NetGen.Generator;

/// <summary>
/// Writes the code of every class with <c>[Network]</c>. A declaration travels one way, syntax → model → plan → text; no symbol
/// or syntax goes past the first step, so an edit that leaves the declaration alone leaves the output alone. What is wrong with a
/// declaration is reported by <see cref="Analysis.DeclarationAnalyzer"/>, which runs the same parser.
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

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Result> declarations = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                WellKnown.NetworkAttribute,
                static (node, _) => node is ClassDeclarationSyntax or RecordDeclarationSyntax,
                static (attributed, cancellation) => Result.Of(DeclarationParser.Parse(
                    (INamedTypeSymbol)attributed.TargetSymbol, cancellation)))
            .WithTrackingName(DeclarationStep);

        IncrementalValuesProvider<NetworkModel> networks = declarations
            .Where(static result => result.Model is not null)
            .Select(static (result, _) => result.Model!)
            .WithTrackingName(ModelStep);
        IncrementalValuesProvider<NetworkOutline> outlines = declarations
            .Where(static result => result.Outline is not null)
            .Select(static (result, _) => result.Outline!)
            .WithTrackingName(OutlineStep);

        // Only the generator's own files must have different names, so the other types of the project need not be looked at.
        IncrementalValueProvider<EquatableArray<string>> alike = declarations
            .Where(static result => result.MetadataName is not null)
            .Select(static (result, _) => result.MetadataName!)
            .Collect()
            .Select(static (names, _) => HintNames.Alike(names));

        context.RegisterSourceOutput(networks.Combine(alike), static (output, named) =>
            NetworkEmitter.Emit(named.Left, HintNames.Prefix(named.Left.MetadataName, named.Right), output));
        context.RegisterSourceOutput(outlines.Combine(alike), static (output, named) =>
            OutlineEmitter.Emit(named.Left, HintNames.Prefix(named.Left.MetadataName, named.Right), output));
    }

    /// <summary>What the pipeline keeps of a parsed declaration.</summary>
    private sealed record Result(NetworkModel? Model, NetworkOutline? Outline)
    {
        public string? MetadataName => Model?.MetadataName ?? Outline?.MetadataName;

        public static Result Of(ParsedDeclaration parsed) => new(parsed.Model, parsed.Outline);
    }
}
