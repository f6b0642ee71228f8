using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Declaration;
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
            if (WellKnown.IsReferenced(start.Compilation)) start.RegisterOperationAction(Analyze, OperationKind.Invocation);
        });
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        // The name alone tells little; on a network it is the generator's, since no other member may have it.
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod is { Name: "PredictMonteCarlo", ContainingType: var network } && network.GetAttributes().Any(WellKnown.IsNetwork)
            && call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "passes") is { Value.ConstantValue: { HasValue: true, Value: int and < 2 and var passes } } given)
        {
            string number = passes.ToString(CultureInfo.InvariantCulture) + (passes == 1 ? " pass" : " passes");
            context.ReportDiagnostic(Diagnostic.Create(DropoutRules.TooFewPasses, given.Value.Syntax.GetLocation(), number, network.Name));
        }
    }
}
