using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Rules;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>NG0203: <c>PredictMonteCarlo</c> of a network with a constant number of passes that is less than two.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MonteCarloPassesAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DropoutRules.TooFewPasses];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (NetworkSymbols.Find(start.Compilation) is { } symbols)
                start.RegisterSyntaxNodeAction(call => Analyze(call, symbols), SyntaxKind.InvocationExpression);
        });
    }

    private static void Analyze(SyntaxNodeAnalysisContext context, NetworkSymbols symbols)
    {
        // The name first: this is asked of every call.
        if (!MemberNames.IsCall((InvocationExpressionSyntax)context.Node, nameof(MemberRole.PredictMonteCarlo))) return;
        if (context.SemanticModel.GetOperation(context.Node, context.CancellationToken) is IInvocationOperation call
            && symbols.RoleOf(call.TargetMethod) == MemberRole.PredictMonteCarlo
            && call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 1) is { Value.ConstantValue: { HasValue: true, Value: int and < 2 and var passes } } given)
        {
            string number = passes.ToString(CultureInfo.InvariantCulture) + (passes == 1 ? " pass" : " passes");
            context.ReportDiagnostic(Diagnostic.Create(DropoutRules.TooFewPasses, given.Value.Syntax.GetLocation(), number, call.TargetMethod.ContainingType.Name));
        }
    }
}
