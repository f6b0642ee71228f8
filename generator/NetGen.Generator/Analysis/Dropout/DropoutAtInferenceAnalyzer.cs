using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
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
            start.RegisterCodeBlockStartAction<SyntaxKind>(block => Begin(block, symbols));
        });
    }

    /// <summary>
    /// Only bodies that name outputs are looked at: for an action for operations the compiler makes the operations of all bodies of a project. All reads of a
    /// body are judged together, so that it is walked once.
    /// </summary>
    private static void Begin(CodeBlockStartAnalysisContext<SyntaxKind> context, NetworkSymbols symbols)
    {
        var names = new List<SyntaxNode>();
        context.RegisterSyntaxNodeAction(
            access =>
            {
                if (!MemberNames.IsAccess(access.Node, nameof(MemberRole.Outputs))) return;
                lock (names) names.Add(access.Node);
            },
            SyntaxKind.SimpleMemberAccessExpression,
            SyntaxKind.MemberBindingExpression);
        context.RegisterCodeBlockEndAction(end =>
        {
            foreach (IGrouping<IOperation, IPropertyReferenceOperation> body in ReadsAt(names, end, symbols).GroupBy(PassUse.RootOf)) Analyze(end, body, symbols);
        });
    }

    private static IEnumerable<IPropertyReferenceOperation> ReadsAt(List<SyntaxNode> names, CodeBlockAnalysisContext context, NetworkSymbols symbols)
    {
        foreach (SyntaxNode name in names)
        {
            if (context.SemanticModel.GetOperation(name, context.CancellationToken) is IPropertyReferenceOperation { Instance: not null } read
                && symbols.RoleOf(read.Property) == MemberRole.Outputs)
            {
                yield return read;
            }
        }
    }

    private static void Analyze(
        CodeBlockAnalysisContext context, IGrouping<IOperation, IPropertyReferenceOperation> body, NetworkSymbols symbols)
    {
        LocalPasses? passes = null;
        foreach (IPropertyReferenceOperation outputs in body)
        {
            IOperation instance = PassUse.InstanceOf(outputs.Instance!);
            if (instance is ILocalReferenceOperation)
            {
                passes ??= LocalPasses.In(body.Key, symbols, context.CancellationToken);
                if (passes.PredictionsOf(outputs) is { } found)
                    {
                    Creation first = found.Pass.Creations[0];
                    Report(context, outputs, found.Pass.Variable.Name, first.Call, symbols, found.Seen is { AreMore: false, Forwards.Length: 1 } && !first.IsByMethod);
                }
            }
            else if (symbols.IsCreation(instance) && symbols.HasDropout(instance.Type))
            {
                Report(context, outputs, instance.Syntax.ToString(), instance, symbols, oneForward: false);
            }
        }
    }

    private static void Report(
        CodeBlockAnalysisContext context, IOperation outputs, string pass, IOperation creation, NetworkSymbols symbols, bool oneForward)
    {
        context.ReportDiagnostic(Diagnostic.Create(
            DropoutRules.AtInference,
            outputs.Syntax.GetLocation(),
            oneForward ? ImmutableDictionary<string, string?>.Empty.Add(OneForward, "true") : null,
            pass,
            symbols.NetworkOf(creation)?.Name));
    }
}
