using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator.Declaration;
using NetGen.Generator.Rules;

namespace NetGen.Generator.Analysis;

/// <summary>
/// Reports what is worth knowing about a declaration (NG01xx), and the summary of a network that can be built (NG0001). It
/// reports errors only where the generator, which has the same parser, leaves them to it: see <see cref="ErrorReporting"/>.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [SummaryRules.Summary, GeneratorRules.NotWritten, DeclarationRules.NetworkMissing, .. DeclarationRules.OfParser];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (!WellKnown.IsReferenced(start.Compilation))
                return;
            bool withErrors = ErrorReporting.IsByAnalyzer(start.Options.AnalyzerConfigOptionsProvider);
            start.RegisterSymbolAction(symbol => Analyze(symbol, withErrors), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, bool withErrors)
    {
        INamedTypeSymbol symbol = (INamedTypeSymbol)context.Symbol;
        ImmutableArray<AttributeData> attributes = symbol.GetAttributes();
        if (attributes.FirstOrDefault(WellKnown.IsNetwork) is { } network)
            AnalyzeNetwork(context, symbol, network, withErrors);
        else if (attributes.FirstOrDefault(IsLayer) is { } layer)
            context.ReportDiagnostic(Diagnostic.Create(DeclarationRules.NetworkMissing, Site(layer), symbol.Name));

        Location Site(AttributeData attribute) => AttributeSites.Find(attribute, null, context.CancellationToken);
    }

    private static void AnalyzeNetwork(SymbolAnalysisContext context, INamedTypeSymbol symbol, AttributeData network, bool withErrors)
    {
        ParsedDeclaration parsed = DeclarationParser.Parse(symbol, context.CancellationToken);
        foreach (Fault fault in parsed.Faults.Where(fault => withErrors || !fault.IsError))
            context.ReportDiagnostic(fault.ToDiagnostic(context.CancellationToken));
        if (parsed.Model is { } model
            && network.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).Parent?.Parent is TypeDeclarationSyntax declaration)
            context.ReportDiagnostic(SummaryRules.Report(model, declaration.Identifier.GetLocation()));
    }

    private static bool IsLayer(AttributeData attribute) =>
        WellKnown.IsInput(attribute) || WellKnown.LayerKindOf(attribute) is not null;
}
