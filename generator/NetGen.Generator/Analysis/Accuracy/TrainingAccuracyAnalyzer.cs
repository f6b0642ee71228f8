using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Analysis.Dropout;
using NetGen.Generator.Rules;

namespace NetGen.Generator.Analysis.Accuracy;

/// <summary>
/// NG0208: an accuracy that is counted from the outputs of training steps and shown, in a type that has the network at hand and nowhere
/// measures it. Outputs on which no <c>Backward</c> works are NG0201's.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TrainingAccuracyAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DropoutRules.TrainingAccuracy];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (NetworkSymbols.Find(start.Compilation) is not { } symbols) return;
            start.RegisterSymbolStartAction(type => Begin(type, symbols), SymbolKind.NamedType);
        });
    }

    /// <summary>Bodies are only kept, and looked at where one of them reads outputs; a type that does not name outputs is left alone.</summary>
    private static void Begin(SymbolStartAnalysisContext context, NetworkSymbols symbols)
    {
        if (!MemberNames.AreAccessed(context.Symbol, nameof(MemberRole.Outputs), context.CancellationToken)) return;
        var bodies = new ConcurrentBag<IOperation>();
        var reading = new ConcurrentDictionary<IOperation, bool>();
        context.RegisterOperationBlockAction(block =>
        {
            foreach (IOperation body in block.OperationBlocks) bodies.Add(body);
        });
        context.RegisterOperationAction(
            operation =>
            {
                var read = (IPropertyReferenceOperation)operation.Operation;
                if (read.Instance is not null && symbols.RoleOf(read.Property) == MemberRole.Outputs) reading.TryAdd(PassUse.RootOf(read), true);
            },
            OperationKind.PropertyReference);
        context.RegisterSymbolEndAction(end =>
        {
            List<TrainingRead> found = [.. reading.Keys.SelectMany(body => HitCounts.In(body, symbols, end.CancellationToken))];
            if (found.Count == 0 || Measurements.AreIn(bodies, end.Symbol, symbols, end.CancellationToken)) return;
            foreach (TrainingRead read in found)
            {
                end.ReportDiagnostic(Diagnostic.Create(
                    DropoutRules.TrainingAccuracy,
                    read.Outputs.Syntax.GetLocation(),
                    read.Pass.Variable.Name,
                    read.Pass.Creations.Select(creation => symbols.NetworkOf(creation.Call)).FirstOrDefault(static network => network is not null)?.Name));
            }
        });
    }
}
