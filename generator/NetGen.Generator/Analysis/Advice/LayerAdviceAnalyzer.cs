using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator.Declaration;
using NetGen.Generator.Rules;

namespace NetGen.Generator.Analysis.Advice;

/// <summary>
/// Reports layers that can be built but are hardly meant: dropouts at the wrong place (NG0204 to NG0207, NG0209, NG0210), missing, doubled or
/// misplaced activations, and weights and biases that begin badly (NG03xx). Silent while a declaration has errors.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LayerAdviceAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        DropoutRules.AfterLastWeights, DropoutRules.NoEffect, DropoutRules.InARow, DropoutRules.HighRate, DropoutRules.BetweenConvolutions,
        DropoutRules.AlphaWithoutSelu,
        ActivationRules.Collapses, ActivationRules.Twice, ActivationRules.RectifiedHead, ActivationRules.DeepAndNarrow, ActivationRules.SigmoidStack,
        InitializationRules.AllTheSame, InitializationRules.NegativeBias, InitializationRules.GlorotBeforeRectifier,
        InitializationRules.HeBeforeSaturating,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (WellKnown.IsReferenced(start.Compilation)) start.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var symbol = (INamedTypeSymbol)context.Symbol;
        if (!symbol.GetAttributes().Any(WellKnown.IsNetwork)
            || DeclarationParser.Parse(symbol, context.CancellationToken).Model is not { } model)
        {
            return;
        }

        var network = new DeclaredNetwork(symbol, model, context.CancellationToken);
        foreach (Diagnostic found in DropoutAdvice.Of(network).Concat(ActivationAdvice.Of(network)).Concat(InitializationAdvice.Of(network))) context.ReportDiagnostic(found);
    }
}
