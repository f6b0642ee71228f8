using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Rules;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>
/// NG0201: outputs of a training pass, held by a local variable or by nothing, that are read although the pass never
/// reaches <c>Backward</c>. Silent as soon as the pass escapes, the mode is chosen at run time, or the outputs are
/// sampled on purpose.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DropoutAtInferenceAnalyzer : DiagnosticAnalyzer
{
    /// <summary>Set in the properties of a diagnostic when one forward pass alone gives the outputs, so that a fix is
    /// worth trying.</summary>
    public const string OneForward = nameof(OneForward);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DropoutRules.AtInference];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (NetworkSymbols.Find(start.Compilation) is not { } symbols) return;
            start.RegisterOperationAction(operation => Analyze(operation, symbols), OperationKind.PropertyReference);
        });
    }

    private static void Analyze(OperationAnalysisContext context, NetworkSymbols symbols)
    {
        var outputs = (IPropertyReferenceOperation)context.Operation;
        if (outputs.Instance is null || symbols.RoleOf(outputs.Property) != MemberRole.Outputs) return;
        IOperation instance = PassUse.Unconverted(outputs.Instance);
        if (instance is ILocalReferenceOperation { Local: var local })
        {
            if (LocalPass.Find(local, PassUse.RootOf(outputs), symbols, context.CancellationToken) is { } pass
                && pass.Outputs.Contains(outputs)
                && pass.Creations.Any(creation => symbols.HasDropout(PassUse.Unconverted(creation).Type))
                && PredictingForwards(pass, outputs, symbols) is { } forwards)
            {
                Report(context, local.Name, pass.Creations[0], symbols, forwards.Length == 1);
            }
        }
        else if (symbols.IsFresh(instance) && symbols.HasDropout(instance.Type))
        {
            Report(context, instance.Syntax.ToString(), instance, symbols, oneForward: false);
        }
    }

    /// <summary>The forward passes that a read sees, if it reads predictions; null if it does not.</summary>
    internal static ImmutableArray<SyntaxNode>? PredictingForwards(
        LocalPass pass, IPropertyReferenceOperation outputs, NetworkSymbols symbols) =>
        pass.Flow(symbols)?.PredictingForwards(outputs) is { } forwards
        && !Sampling.IsSampled(outputs, pass.Forwards.Where(forward => forwards.Contains(forward.Syntax)))
            ? forwards
            : null;

    private static void Report(
        OperationAnalysisContext context, string pass, IOperation creation, NetworkSymbols symbols, bool oneForward)
    {
        context.ReportDiagnostic(Diagnostic.Create(
            DropoutRules.AtInference,
            context.Operation.Syntax.GetLocation(),
            oneForward ? ImmutableDictionary<string, string?>.Empty.Add(OneForward, "true") : null,
            pass,
            symbols.NetworkOf(creation)?.Name));
    }
}
