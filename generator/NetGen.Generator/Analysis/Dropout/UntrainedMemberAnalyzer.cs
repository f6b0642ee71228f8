using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Rules;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>
/// NG0202: outputs that are read from a training pass in a private field or automatic property, although no <c>Backward</c> of the
/// type works on them. Other accessibilities are left alone, because others can train the pass then.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UntrainedMemberAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DropoutRules.AtInferenceOnMember];

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

    private static void Begin(SymbolStartAnalysisContext context, NetworkSymbols symbols)
    {
        var members = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (ISymbol member in ((INamedTypeSymbol)context.Symbol).GetMembers())
        {
            if (member is IFieldSymbol { DeclaredAccessibility: Accessibility.Private } field
                && symbols.IsPass(PassHolders.HeldBy(field.Type))
                && (field.AssociatedSymbol ?? field) is { DeclaredAccessibility: Accessibility.Private } known)
            {
                members.Add(known);
            }
        }

        if (members.Count == 0) return;
        var uses = new MemberPasses(symbols);
        context.RegisterOperationAction(
            operation =>
            {
                var reference = (IMemberReferenceOperation)operation.Operation;
                if (members.Contains(reference.Member.OriginalDefinition)) uses.References.Add(reference);
            },
            OperationKind.FieldReference,
            OperationKind.PropertyReference);
        context.RegisterOperationAction(
            operation =>
            {
                var initializer = (ISymbolInitializerOperation)operation.Operation;
                IEnumerable<ISymbol> initialized = initializer switch
                {
                    IFieldInitializerOperation fields => fields.InitializedFields,
                    IPropertyInitializerOperation properties => properties.InitializedProperties,
                    _ => [],
                };
                foreach (ISymbol member in initialized.Where(members.Contains)) uses.InitialValues.Add((member, initializer.Value));
            },
            OperationKind.FieldInitializer,
            OperationKind.PropertyInitializer);
        context.RegisterOperationAction(
            operation =>
            {
                if (CalledBy(operation.Operation) is { } method
                    && SymbolEqualityComparer.Default.Equals(method.ContainingType.OriginalDefinition, operation.ContainingSymbol.ContainingType))
                {
                    uses.Calls.Add((method.OriginalDefinition, operation.Operation));
                }
            },
            OperationKind.Invocation,
            OperationKind.MethodReference);
        context.RegisterSymbolEndAction(end => Report(end, uses));
    }

    private static IMethodSymbol? CalledBy(IOperation operation) => operation switch
    {
        IInvocationOperation call => call.TargetMethod,
        IMethodReferenceOperation reference => reference.Method,
        _ => null,
    };

    private static void Report(SymbolAnalysisContext context, MemberPasses uses)
    {
        foreach ((PassHistory pass, IPropertyReferenceOperation outputs, bool hasOneForward) in uses.Predictions(context.CancellationToken))
        {
            ISymbol member = pass.Variable;
            context.ReportDiagnostic(Diagnostic.Create(
                DropoutRules.AtInferenceOnMember,
                outputs.Syntax.GetLocation(),
                hasOneForward ? ImmutableDictionary<string, string?>.Empty.Add(DropoutAtInferenceAnalyzer.OneForward, "true") : null,
                member.Name,
                pass.Backwards.Count == 0
                    ? $"'{member.ContainingType.Name}' never calls Backward on it"
                    : "this forward pass never reaches Backward",
                uses.NetworkOf(pass)?.Name));
        }
    }
}
