using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>
/// Recognises outputs whose randomness is wanted: Monte-Carlo dropout written by hand (Gal and Ghahramani 2016), and outputs
/// that are the targets of another training.
/// </summary>
/// <param name="index">The body in which the outputs are read.</param>
/// <param name="calls">The calls of methods that may stand in other bodies.</param>
/// <param name="symbols">The marks.</param>
internal sealed class Sampling(MethodIndex index, IReadOnlyList<(IMethodSymbol Method, IOperation Site)> calls, NetworkSymbols symbols)
{
    private readonly Dictionary<(IOperation, IMethodSymbol?), Repetition> _repetitions = [];
    private readonly EqualInputs _equalInputs = new(symbols);
    private readonly Lazy<HashSet<ISymbol>> _targets = new(() => TargetsIn(index));
    private readonly Lazy<ILookup<IMethodSymbol, IOperation>> _sites =
        new(() => calls.ToLookup(static call => call.Method, static call => call.Site, (IEqualityComparer<IMethodSymbol>)SymbolEqualityComparer.Default));

    /// <summary>Whether the masks of a new pass depend on something that is no constant.</summary>
    public bool HasVaryingSeed(IOperation creation) => Seeds.Vary(creation, index, symbols);

    /// <summary>
    /// Whether the forward computations that a read sees are made again and again for the same input, in a loop or by a pass that never trains in
    /// one statement after the other, or their outputs are summed up element by element.
    /// </summary>
    public bool IsSampled(PassHistory pass, IPropertyReferenceOperation outputs, IEnumerable<IInvocationOperation> forwards) =>
        forwards.Any(forward => IsSampled(pass, outputs, forward) || (pass is { Backwards.Count: 0, Creations.Count: 1 } && _equalInputs.Has(pass, forward)));

    /// <summary>Whether a read becomes what another forward computation is trained to give, as in distillation and mean teachers.</summary>
    public bool IsTarget(IPropertyReferenceOperation outputs)
    {
        if (_targets.Value.Count == 0) return false;
        IOperation child = outputs;
        for (IOperation? parent = outputs.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IArgumentOperation argument when argument.Parent is IInvocationOperation call && IsTargetArgument(argument, call):
                    return index.Backwards.Count != 0;
                case IInvocationOperation call when call.Arguments.Any(IsWrittenTarget):
                    return true;
                case IVariableDeclaratorOperation declarator:
                    return _targets.Value.Contains(declarator.Symbol);
                case IAssignmentOperation assignment when assignment.Value == child:
                    return Written(assignment.Target) is { } target && _targets.Value.Contains(target);
                case IConditionalOperation condition when condition.Condition == child:
                case IBlockOperation or ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return false;
                default:
                    break;
            }
        }

        return false;

        bool IsTargetArgument(IArgumentOperation argument, IInvocationOperation call) =>
            argument.Parameter is { Ordinal: >= 1 } && symbols.RoleOf(call.TargetMethod) == MemberRole.Forward;

        bool IsWrittenTarget(IArgumentOperation argument) =>
            argument.Parameter is { Type: { IsRefLikeType: true, Name: "Span" } } && Written(argument.Value) is { } written && _targets.Value.Contains(written);
    }

    /// <summary>The variables that forward computations get as labels or targets, in a body that trains.</summary>
    private static HashSet<ISymbol> TargetsIn(MethodIndex index)
    {
        var targets = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        if (index.Backwards.Count == 0) return targets;
        foreach (IOperation part in index.Forwards.SelectMany(static forward => forward.Arguments)
            .Where(static argument => argument.Parameter is { Ordinal: >= 1 })
            .SelectMany(static argument => argument.Descendants()))
        {
            if (Repetition.SymbolOf(part) is { } symbol) targets.Add(symbol);
        }

        return targets;
    }

    /// <summary>The variable in which an assigned element lies, or a span of it.</summary>
    private static ISymbol? Written(IOperation target) => target switch
    {
        IConversionOperation conversion => Written(conversion.Operand),
        IArrayElementReferenceOperation element => Written(element.ArrayReference),
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } span } => Written(span),
        IImplicitIndexerReferenceOperation element => Written(element.Instance),
        IInvocationOperation { Arguments: var arguments } call => call.Instance is { } span ? Written(span) : arguments.Select(static a => Written(a.Value)).FirstOrDefault(),
        var other => Repetition.SymbolOf(other),
    };

    private bool IsSampled(PassHistory pass, IPropertyReferenceOperation outputs, IInvocationOperation forward)
    {
        if (forward.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value is not { } inputs) return false;
        IOperation? function = null;
        for (IOperation? parent = forward.Parent; parent is not null && function is null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation) function = parent;
            if (parent == pass.Function) return false;
            if (!(parent is ILoopOperation || IsCallback(parent)) || !Repetition.IsWithin(outputs, parent)) continue;
            if (HasEqualMasks(pass, parent)) continue;
            Repetition repetition = Of(parent, null);
            if (!repetition.Trains && (repetition.Repeats(inputs) || IsSummed(outputs))) return true;
        }

        bool isOwn = pass.Variable is ILocalSymbol && function == pass.Function;
        return !isOwn && FunctionSymbol(function, forward) is { } method && IsRepeated(method, inputs);
    }

    /// <summary>A pass that begins anew each time, always with the same seed, drops the same units each time: it samples nothing.</summary>
    private bool HasEqualMasks(PassHistory pass, IOperation body) =>
        pass.Creations.Exists(creation => Repetition.IsWithin(creation.Site, body) && !HasVaryingSeed(creation.Call));

    /// <summary>A lambda that is called with one value after the other: <c>Select(_ => …)</c>, <c>Parallel.For(0, n, i => …)</c>.</summary>
    private static bool IsCallback(IOperation operation) =>
        operation is IAnonymousFunctionOperation { Symbol.Parameters.Length: > 0, Parent: IDelegateCreationOperation { Parent: IArgumentOperation } };

    private static IMethodSymbol? FunctionSymbol(IOperation? function, IOperation inside) => function switch
    {
        ILocalFunctionOperation local => local.Symbol,
        null => inside.SemanticModel?.GetEnclosingSymbol(inside.Syntax.SpanStart) as IMethodSymbol,
        _ => null,
    };

    /// <summary>Whether a function that computes on its arguments is called again and again with the same ones.</summary>
    private bool IsRepeated(IMethodSymbol method, IOperation inputs)
    {
        List<ISymbol> parts = [.. inputs.DescendantsAndSelf().Select(Repetition.SymbolOf).OfType<ISymbol>()];
        if (parts.Any(static part => part is ILocalSymbol) || !Repetition.IsStable(inputs)) return false;
        List<IParameterSymbol> own =
            [.. parts.OfType<IParameterSymbol>().Where(parameter => SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method))];
        foreach (IOperation site in _sites.Value[method.OriginalDefinition])
        {
            if (site is IMethodReferenceOperation)
            {
                if (own.Count == 0 && site.Parent is IDelegateCreationOperation { Parent: IArgumentOperation }) return true;
                continue;
            }

            IEnumerable<IOperation> arguments = ((IInvocationOperation)site).Arguments
                .Where(argument => own.Any(parameter => parameter.Ordinal == argument.Parameter?.Ordinal))
                .Select(static argument => argument.Value);
            for (IOperation? parent = site.Parent; parent is not null; parent = parent.Parent)
            {
                if ((parent is ILoopOperation || IsCallback(parent)) && Of(parent, method) is { Trains: false } repetition
                    && arguments.All(repetition.Repeats)
                    && !parts.Exists(repetition.Changes))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private Repetition Of(IOperation operation, IMethodSymbol? harmless)
    {
        if (!_repetitions.TryGetValue((operation, harmless), out Repetition? repetition))
            _repetitions.Add((operation, harmless), repetition = new Repetition(operation, harmless, symbols));
        return repetition;
    }

    /// <summary>Whether elements of the outputs are added to elements of something, if need be through a variable for the span.</summary>
    private bool IsSummed(IPropertyReferenceOperation outputs) =>
        IsAddend(outputs)
        || (outputs.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var alias } }
            && index.ReferencesTo(alias).Any(IsAddend));

    private static bool IsAddend(IOperation value)
    {
        bool isElement = false;
        for (IOperation child = value; ; child = child.Parent!)
        {
            switch (child.Parent)
            {
                case IPropertyReferenceOperation { Property.IsIndexer: true } element when element.Instance == child:
                    isElement = true;
                    continue;
                case IConversionOperation:
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide }:
                    continue;
                case ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                    return isElement && sum.Value == child
                        && sum.Target is IArrayElementReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: true };
                default:
                    return false;
            }
        }
    }
}
