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
    /// <summary>The name of the step that parses a declaration; null when it cannot be built.</summary>
    internal const string DeclarationStep = "Declaration";

    /// <summary>The name of the step that holds the networks that can be built.</summary>
    internal const string ModelStep = "Model";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<NetworkModel> networks = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                WellKnown.NetworkAttribute,
                static (node, _) => node is ClassDeclarationSyntax or RecordDeclarationSyntax,
                static (attributed, cancellation) => DeclarationParser
                    .Parse((INamedTypeSymbol)attributed.TargetSymbol, attributed.SemanticModel, cancellation).Model)
            .WithTrackingName(DeclarationStep)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(ModelStep);

        context.RegisterSourceOutput(networks, static (output, model) => NetworkEmitter.Emit(model, output));
    }
}
