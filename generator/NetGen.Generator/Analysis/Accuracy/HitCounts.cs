using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Analysis.Dropout;

namespace NetGen.Generator.Analysis.Accuracy;

/// <summary>
/// Finds accuracies that are counted from the outputs of training steps: outputs and labels of a step are compared, and a local variable
/// counts how often.
/// </summary>
internal sealed class HitCounts
{
    private readonly MethodIndex _index;
    private readonly NetworkSymbols _symbols;
    private readonly ValueFlow _hits;
    private readonly Dictionary<ILocalSymbol, IOperation> _counters = new(SymbolEqualityComparer.Default);

    private HitCounts(MethodIndex index, NetworkSymbols symbols)
    {
        _index = index;
        _symbols = symbols;
        _hits = new ValueFlow(index, IsOfSystem);
    }

    /// <summary>The reads whose accuracy stands for that of the network, one for each count.</summary>
    public static IEnumerable<TrainingRead> In(IOperation root, NetworkSymbols symbols, CancellationToken cancellationToken)
    {
        MethodIndex index = MethodIndex.Of(root, symbols, cancellationToken);
        Dictionary<IOperation, TrainingRead> reads = TrainingRead.In(index, symbols).ToDictionary(static read => (IOperation)read.Outputs);
        if (reads.Count == 0) return [];
        var outputs = new ValueFlow(index, static _ => true) { FollowsConditions = true };
        foreach (IOperation read in reads.Keys) outputs.Add(read);
        var labels = new ValueFlow(index, static _ => true);
        var references = new BodyReferences(index, cancellationToken);
        HashSet<ISymbol> roots = references.RootsOf(reads.Values.Select(static read => read.Forward).Distinct()
            .SelectMany(static forward => forward.Arguments).Where(static argument => argument.Parameter?.Ordinal == 1).Select(static argument => argument.Value));
        foreach (IOperation label in roots.SelectMany(references.To)) labels.Add(label);

        var counts = new HitCounts(index, symbols);
        foreach (IOperation hit in outputs.Sources.Keys.Where(value => IsComparison(value) && labels.Sources.ContainsKey(value))) counts._hits.Add(hit);
        return counts.Taken().Select(hit => reads[outputs.Sources[hit]]).Distinct();
    }

    private static bool IsComparison(IOperation value) => value is IBinaryOperation
    {
        OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals
            or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual
            or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual,
    };

    private static bool IsOfSystem(IInvocationOperation call) =>
        call.TargetMethod.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };

    /// <summary>The comparisons whose counts are taken for the accuracy of the network.</summary>
    private IEnumerable<IOperation> Taken()
    {
        foreach ((ICompoundAssignmentOperation sum, ILocalSymbol local) in _hits.Sums)
        {
            if (sum.OperatorKind == BinaryOperatorKind.Add) _counters[local] = _hits.Sources[sum.Value];
        }

        foreach ((IOperation hit, IOperation consumer) in _hits.Ends)
        {
            if (consumer is not IConditionalOperation choice) continue;

            // What is done with a sample depends on the hit: the count is about the training itself.
            if (Leaves(choice) || Trains(choice)) yield break;
            foreach (ILocalSymbol counter in Statements.Of(choice).Select(Incremented).OfType<ILocalSymbol>()) _counters[counter] = _hits.Sources[hit];
        }

        foreach (ILocalSymbol counter in Shown()) yield return _counters[counter];
    }

    private static ILocalSymbol? Incremented(IOperation statement) => statement is IExpressionStatementOperation { Operation: var operation }
        ? operation switch
        {
            IIncrementOrDecrementOperation { Kind: OperationKind.Increment, Target: ILocalReferenceOperation step } => step.Local,
            ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Target: ILocalReferenceOperation step, Value.ConstantValue.HasValue: true } => step.Local,
            _ => null,
        }
        : null;

    /// <summary>
    /// The counts that are shown, or that decide when the training is over or what is saved; none where something is done with them that is
    /// not in sight.
    /// </summary>
    private IReadOnlyCollection<ILocalSymbol> Shown()
    {
        var flow = new ValueFlow(_index, IsOfSystem) { FollowsSums = true };
        foreach (ILocalReferenceOperation reference in _counters.Keys.SelectMany(_index.ReferencesTo)) flow.Add(reference);
        var shown = new HashSet<ILocalSymbol>(SymbolEqualityComparer.Default);
        foreach ((IOperation value, IOperation consumer) in flow.Ends)
        {
            bool isShown;
            switch (consumer)
            {
                case IConditionalOperation choice when Trains(choice):
                    return [];
                case IConditionalOperation choice:
                    isShown = Leaves(choice) || choice.Descendants().Any(IsOfNetwork);
                    break;
                case ILoopOperation:
                    isShown = true;
                    break;
                case var text when IsText(text, value):
                    isShown = true;
                    break;
                default:
                    return [];
            }

            if (isShown) shown.Add(((ILocalReferenceOperation)flow.Sources[value]).Local);
        }

        return shown;
    }

    private static bool IsText(IOperation consumer, IOperation value) => consumer switch
    {
        IInterpolationOperation => true,
        IBinaryOperation { Type.SpecialType: SpecialType.System_String } => true,
        IConversionOperation { Type.SpecialType: SpecialType.System_Object } => true,
        IInvocationOperation { Type.SpecialType: SpecialType.System_String } call => call.Instance == value,
        IInvocationOperation { TargetMethod.ContainingType: { Name: "Console", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } } => true,
        _ => false,
    };

    private static bool Leaves(IConditionalOperation choice) =>
        choice.Descendants().Any(static operation => operation is IBranchOperation or IReturnOperation or IThrowOperation);

    private bool Trains(IConditionalOperation choice) => choice.Descendants().OfType<IInvocationOperation>().Any(
        call => _symbols.RoleOf(call.TargetMethod) is MemberRole.Backward or MemberRole.Forward or MemberRole.Update);

    private bool IsOfNetwork(IOperation operation) => operation is IInvocationOperation { Instance.Type: { } type } && _symbols.IsNetwork(type);
}
