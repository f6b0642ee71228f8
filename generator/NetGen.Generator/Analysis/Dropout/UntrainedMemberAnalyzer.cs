using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Rules;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>
/// NG0202: outputs that are read from a training pass in a private field or automatic property, whose type never calls
/// <c>Backward</c> on it. Other accessibilities are left alone, because others can train the pass then.
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
        var members = new Dictionary<ISymbol, MemberPass>(SymbolEqualityComparer.Default);
        foreach (ISymbol member in ((INamedTypeSymbol)context.Symbol).GetMembers())
        {
            if (member is IFieldSymbol { DeclaredAccessibility: Accessibility.Private } field && symbols.IsPass(field.Type))
                members.Add(field.AssociatedSymbol ?? field, new MemberPass(symbols));
        }

        foreach (ISymbol property in members.Keys.Where(static m => m.DeclaredAccessibility != Accessibility.Private).ToList())
            members.Remove(property);
        if (members.Count == 0) return;

        context.RegisterOperationAction(
            operation =>
            {
                var reference = (IMemberReferenceOperation)operation.Operation;
                if (members.TryGetValue(reference.Member.OriginalDefinition, out MemberPass? pass)) pass.Add(reference);
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
                foreach (ISymbol member in initialized)
                {
                    if (members.TryGetValue(member, out MemberPass? pass)) pass.Initialize(initializer.Value);
                }
            },
            OperationKind.FieldInitializer,
            OperationKind.PropertyInitializer);
        context.RegisterSymbolEndAction(end =>
        {
            foreach (KeyValuePair<ISymbol, MemberPass> member in members)
            {
                List<IPropertyReferenceOperation> predictions = [.. member.Value.Predictions()];
                if (predictions.Count == 0 || IsNamedInNestedType(member.Key, end.CancellationToken)) continue;
                foreach (IPropertyReferenceOperation outputs in predictions)
                {
                    end.ReportDiagnostic(Diagnostic.Create(
                        DropoutRules.AtInferenceOnMember,
                        outputs.Syntax.GetLocation(),
                        member.Key.Name,
                        member.Key.ContainingType.Name,
                        member.Value.Network?.Name));
                }
            }
        });
    }

    /// <summary>Nested types can train a private member too, and their code is not seen with that of the type.</summary>
    private static bool IsNamedInNestedType(ISymbol member, CancellationToken cancellationToken) =>
        member.ContainingType.GetTypeMembers()
            .SelectMany(static nested => nested.DeclaringSyntaxReferences)
            .SelectMany(reference => reference.GetSyntax(cancellationToken).DescendantTokens())
            .Any(token => token.ValueText == member.Name);

    /// <summary>What is known so far of one field or property.</summary>
    private sealed class MemberPass(NetworkSymbols symbols)
    {
        private readonly object _gate = new();
        private readonly List<IPropertyReferenceOperation> _outputs = [];
        private readonly List<IInvocationOperation> _forwards = [];
        private bool _isTrainedOrShared;
        private bool _hasDropout;

        public ITypeSymbol? Network { get; private set; }

        public void Add(IMemberReferenceOperation reference)
        {
            PassUse use = PassUse.Of(reference, symbols);
            lock (_gate)
            {
                switch (use.Kind)
                {
                    case PassUseKind.Begins:
                        Begin(use.Operation);
                        break;
                    case PassUseKind.Forward:
                        _forwards.Add((IInvocationOperation)use.Operation);
                        break;
                    case PassUseKind.Outputs:
                        _outputs.Add((IPropertyReferenceOperation)use.Operation);
                        break;
                    case PassUseKind.Backward or PassUseKind.Escapes:
                        _isTrainedOrShared = true;
                        break;
                    case PassUseKind.Neutral:
                        break;
                    default:
                        throw new InvalidOperationException($"A pass is used in an unknown way: {use.Kind}.");
                }
            }
        }

        public void Initialize(IOperation value)
        {
            lock (_gate)
            {
                if (symbols.IsFresh(value)) Begin(value);
                else if (!PassUse.IsNull(value)) _isTrainedOrShared = true;
            }
        }

        /// <summary>The reads of outputs that are predictions, once all of the type has been seen.</summary>
        public IEnumerable<IPropertyReferenceOperation> Predictions() =>
            _isTrainedOrShared || !_hasDropout ? [] : _outputs.Where(IsPrediction);

        private void Begin(IOperation creation)
        {
            _hasDropout |= symbols.HasDropout(PassUse.Unconverted(creation).Type);
            Network ??= symbols.NetworkOf(creation);
        }

        private bool IsPrediction(IPropertyReferenceOperation outputs)
        {
            IOperation root = PassUse.RootOf(outputs);
            IOperation? function = PassUse.FunctionOf(outputs);
            List<IInvocationOperation> forwards =
                [.. _forwards.Where(forward => PassUse.RootOf(forward).Syntax == root.Syntax && PassUse.FunctionOf(forward)?.Syntax == function?.Syntax)];
            return PassFlow.Create(root, function, forwards, [outputs], [], symbols)?.PredictingForwards(outputs) is not null
                && !Sampling.IsSampled(outputs, forwards);
        }
    }
}
