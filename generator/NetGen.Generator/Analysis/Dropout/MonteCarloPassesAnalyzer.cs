using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
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
                start.RegisterOperationAction(operation => Analyze(operation, symbols), OperationKind.Invocation);
        });
    }

    private static void Analyze(OperationAnalysisContext context, NetworkSymbols symbols)
    {
        // The parameter first: this is asked of every call, whose arguments are made when they are looked at, and whose role has to be looked up.
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Parameters is not { Length: >= 2 } parameters || parameters[1].Type.SpecialType != SpecialType.System_Int32) return;
        if (call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 1) is { Value.ConstantValue: { HasValue: true, Value: int and < 2 and var passes } } given
            && symbols.RoleOf(call.TargetMethod) == MemberRole.PredictMonteCarlo)
        {
            string number = passes.ToString(CultureInfo.InvariantCulture) + (passes == 1 ? " pass" : " passes");
            context.ReportDiagnostic(Diagnostic.Create(DropoutRules.TooFewPasses, given.Value.Syntax.GetLocation(), number, call.TargetMethod.ContainingType.Name));
        }
    }
}
