using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Rules;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>
/// NG0201: outputs of a training pass, held by a local variable or by nothing, that are read although no <c>Backward</c> works
/// on them. Silent as soon as the pass escapes, the mode is chosen at run time, or the outputs are sampled on purpose.
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
            start.RegisterOperationBlockStartAction(block => Begin(block, symbols));
        });
    }

    /// <summary>All reads of a body are judged together, so that it is walked once.</summary>
    private static void Begin(OperationBlockStartAnalysisContext context, NetworkSymbols symbols)
    {
        var reads = new List<IPropertyReferenceOperation>();
        context.RegisterOperationAction(
            operation =>
            {
                var read = (IPropertyReferenceOperation)operation.Operation;
                if (read.Instance is null || symbols.RoleOf(read.Property) != MemberRole.Outputs) return;
                lock (reads) reads.Add(read);
            },
            OperationKind.PropertyReference);
        context.RegisterOperationBlockEndAction(end =>
        {
            foreach (IGrouping<IOperation, IPropertyReferenceOperation> body in reads.GroupBy(PassUse.RootOf)) Analyze(end, body, symbols);
        });
    }

    private static void Analyze(
        OperationBlockAnalysisContext context, IGrouping<IOperation, IPropertyReferenceOperation> body, NetworkSymbols symbols)
    {
        LocalPasses? passes = null;
        foreach (IPropertyReferenceOperation outputs in body)
        {
            IOperation instance = PassUse.InstanceOf(outputs.Instance!);
            if (instance is ILocalReferenceOperation)
            {
                passes ??= LocalPasses.In(body.Key, symbols, context.CancellationToken);
                if (passes.PredictionsOf(outputs) is { } found)
                    Report(context, outputs, found.Pass.Variable.Name, found.Pass.Creations[0], symbols, found.Seen is { AreMore: false, Forwards.Length: 1 });
            }
            else if (symbols.IsCreation(instance) && symbols.HasDropout(instance.Type))
            {
                Report(context, outputs, instance.Syntax.ToString(), instance, symbols, oneForward: false);
            }
        }
    }

    private static void Report(
        OperationBlockAnalysisContext context, IOperation outputs, string pass, IOperation creation, NetworkSymbols symbols, bool oneForward)
    {
        context.ReportDiagnostic(Diagnostic.Create(
            DropoutRules.AtInference,
            outputs.Syntax.GetLocation(),
            oneForward ? ImmutableDictionary<string, string?>.Empty.Add(OneForward, "true") : null,
            pass,
            symbols.NetworkOf(creation)?.Name));
    }
}
