using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator.Declaration;

namespace NetGen.Generator.Analysis;

/// <summary>
/// Reports what keeps a network from being built (NG01xx), and what a network that can be built amounts to (NG0001). It runs
/// the parser of the generator, which itself reports nothing, so that no fault is told twice.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [SummaryRules.Summary, DeclarationRules.NetworkMissing, .. DeclarationRules.OfParser];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(WellKnown.NetworkAttribute) is not null)
                start.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        INamedTypeSymbol symbol = (INamedTypeSymbol)context.Symbol;
        ImmutableArray<AttributeData> attributes = symbol.GetAttributes();
        if (attributes.FirstOrDefault(WellKnown.IsNetwork) is { } network)
            AnalyzeNetwork(context, symbol, network);
        else if (attributes.FirstOrDefault(IsLayer) is { } layer)
            context.ReportDiagnostic(Diagnostic.Create(DeclarationRules.NetworkMissing, Site(layer), symbol.Name));

        Location Site(AttributeData attribute) => AttributeSites.Find(attribute, null, context.CancellationToken);
    }

    private static void AnalyzeNetwork(SymbolAnalysisContext context, INamedTypeSymbol symbol, AttributeData network)
    {
        ParsedDeclaration parsed = DeclarationParser.Parse(symbol, context.CancellationToken);
        foreach (Fault fault in parsed.Faults)
            context.ReportDiagnostic(fault.ToDiagnostic(context.CancellationToken));
        if (parsed.Model is { } model
            && network.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).Parent?.Parent is TypeDeclarationSyntax declaration)
            context.ReportDiagnostic(SummaryRules.Report(model, declaration.Identifier.GetLocation()));
    }

    private static bool IsLayer(AttributeData attribute) =>
        WellKnown.IsInput(attribute) || WellKnown.LayerKindOf(attribute) is not null;
}
