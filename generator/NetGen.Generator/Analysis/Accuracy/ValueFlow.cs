using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Analysis.Dropout;

namespace NetGen.Generator.Analysis.Accuracy;

/// <summary>
/// Where some values of a body go: from operand to operator, and through local variables. Each operation is visited once, with the first
/// value that reaches it.
/// </summary>
internal sealed class ValueFlow
{
    private readonly MethodIndex _index;
    private readonly Func<IInvocationOperation, bool> _isFunction;
    private readonly Dictionary<IOperation, IOperation> _sources = [];
    private readonly HashSet<ILocalSymbol> _locals = new(SymbolEqualityComparer.Default);
    private readonly Stack<(IOperation Value, IOperation Source)> _open = [];

    /// <summary>Follows values.</summary>
    /// <param name="index">The body.</param>
    /// <param name="isFunction">Whether what a call gives depends on what it is given.</param>
    public ValueFlow(MethodIndex index, Func<IInvocationOperation, bool> isFunction)
    {
        _index = index;
        _isFunction = isFunction;
    }

    /// <summary>What depends on the values, with the value that reached it first.</summary>
    public IReadOnlyDictionary<IOperation, IOperation> Sources => _sources;

    /// <summary>Where values are used for something else than another value.</summary>
    public List<(IOperation Value, IOperation Consumer)> Ends { get; } = [];

    /// <summary>Where values are added to a local variable that is not followed.</summary>
    public List<(ICompoundAssignmentOperation Sum, ILocalSymbol Local)> Sums { get; } = [];

    /// <summary>Whether a variable depends on what is added to it.</summary>
    public bool FollowsSums { get; set; }

    /// <summary>Whether a variable that is assigned under a condition depends on it, as the place of the largest element does.</summary>
    public bool FollowsConditions { get; set; }

    /// <summary>Follows one more value.</summary>
    public void Add(IOperation value)
    {
        _open.Push((value, value));
        while (_open.Count != 0)
        {
            (IOperation next, IOperation source) = _open.Pop();
            Climb(next, source);
        }
    }

    private void Climb(IOperation value, IOperation source)
    {
        while (!_sources.ContainsKey(value))
        {
            _sources.Add(value, source);
            if (value.Parent is not { } parent) return;
            if (!IsValueOf(parent, value))
            {
                End(value, parent, source);
                return;
            }

            value = parent;
        }
    }

    private bool IsValueOf(IOperation parent, IOperation operand) => parent switch
    {
        IInvocationOperation call => !call.TargetMethod.ReturnsVoid && _isFunction(call),
        IArgumentOperation argument => argument.Parameter?.RefKind is not (RefKind.Ref or RefKind.Out),
        IConditionalOperation choice => choice.Type is not null,
        IBinaryOperation sum => sum.Type?.SpecialType != SpecialType.System_String,
        IConversionOperation conversion => conversion.Type?.SpecialType != SpecialType.System_Object,
        IPropertyReferenceOperation or IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation => !IsTarget(parent) || operand is IArgumentOperation,
        IUnaryOperation or IParenthesizedOperation or ICoalesceOperation or IIsPatternOperation or IRangeOperation => true,
        _ => false,
    };

    private static bool IsTarget(IOperation element) => element.Parent is IAssignmentOperation { Target: var target } && target == element;

    private void End(IOperation value, IOperation parent, IOperation source)
    {
        switch (parent)
        {
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                Enter(local, source);
                break;
            case ICompoundAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } sum when sum.Value == value && !FollowsSums:
                Sums.Add((sum, local));
                break;
            case IAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } assignment when assignment.Value == value:
                Enter(local, source);
                break;
            case IAssignmentOperation assignment when assignment.Target == value:
            case IIncrementOrDecrementOperation or IExpressionStatementOperation:
                break;
            default:
                Ends.Add((value, parent));
                if (FollowsConditions && parent is IConditionalOperation choice && choice.Condition == value) EnterAssigned(choice, source);
                break;
        }
    }

    private void Enter(ILocalSymbol local, IOperation source)
    {
        if (!_locals.Add(local)) return;
        foreach (ILocalReferenceOperation reference in _index.ReferencesTo(local)) _open.Push((reference, source));
    }

    private void EnterAssigned(IConditionalOperation choice, IOperation source)
    {
        foreach (IOperation statement in Statements.Of(choice))
        {
            if (statement is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } })
                Enter(local, source);
        }
    }
}
