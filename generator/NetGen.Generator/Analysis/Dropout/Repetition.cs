using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>What a loop, or a lambda that is called again and again, changes from one time to the next.</summary>
internal sealed class Repetition
{
    private readonly IOperation _body;
    private readonly HashSet<ISymbol> _changed = new(SymbolEqualityComparer.Default);

    /// <summary>Looks through a body.</summary>
    /// <param name="body">The loop or lambda.</param>
    /// <param name="harmless">A method that is known to leave its arguments as they are.</param>
    /// <param name="symbols">The marks.</param>
    public Repetition(IOperation body, IMethodSymbol? harmless, NetworkSymbols symbols)
    {
        _body = body;
        foreach (IOperation operation in body.Descendants())
        {
            IOperation? target = operation switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IIncrementOrDecrementOperation step => step.Target,
                IInvocationOperation call when !IsView(call) => call.Instance,
                IArgumentOperation argument when IsShared(argument) && !IsHarmless(argument.Parent) => argument.Value,
                _ => null,
            };
            if (target is not null) AddChanged(target);
            Trains |= operation is IInvocationOperation { TargetMethod: var method }
                && symbols.RoleOf(method) is MemberRole.Backward or MemberRole.Update;
        }

        bool IsHarmless(IOperation? call) => harmless is not null
            && call is IInvocationOperation { TargetMethod: var method } && SymbolEqualityComparer.Default.Equals(method, harmless);
    }

    /// <summary>Whether the parameters change from one time to the next, so that equal inputs are no repetition.</summary>
    public bool Trains { get; }

    /// <summary>Whether an expression gives the same value each time.</summary>
    public bool Repeats(IOperation value) =>
        IsStable(value) && value.DescendantsAndSelf().All(part => SymbolOf(part) is not { } symbol || !Changes(symbol));

    /// <summary>Whether a variable has another value the next time.</summary>
    public bool Changes(ISymbol symbol) => _changed.Contains(symbol) || IsDeclaredInside(symbol);

    /// <summary>Whether an expression depends on nothing but variables: it calls nothing but views of memory.</summary>
    public static bool IsStable(IOperation value) => value.DescendantsAndSelf().All(static part => part switch
    {
        IInvocationOperation call => IsOfSystem(call),
        IAwaitOperation or IAssignmentOperation or IIncrementOrDecrementOperation or IDynamicInvocationOperation => false,
        _ => true,
    });

    public static bool IsWithin(IOperation operation, IOperation ancestor)
    {
        for (IOperation? parent = operation; parent is not null; parent = parent.Parent)
        {
            if (parent == ancestor) return true;
        }

        return false;
    }

    public static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IMemberReferenceOperation member => member.Member,
        _ => null,
    };

    private void AddChanged(IOperation target)
    {
        var open = new Stack<IOperation>([target]);
        while (open.Count != 0)
        {
            IOperation operation = open.Pop();
            if (SymbolOf(operation) is { } symbol) _changed.Add(symbol);

            // Writing to the result of a call is not writing to its arguments.
            if (operation is IInvocationOperation call && !IsView(call)) continue;
            foreach (IOperation child in operation.ChildOperations) open.Push(child);
        }
    }

    private bool IsDeclaredInside(ISymbol symbol) =>
        symbol is ILocalSymbol or IParameterSymbol && symbol.DeclaringSyntaxReferences.Any(
            reference => reference.SyntaxTree == _body.Syntax.SyntaxTree && _body.Syntax.Span.Contains(reference.Span));

    /// <summary>A method of the framework that gives a span of what it is called on or with; it changes nothing by itself.</summary>
    private static bool IsView(IInvocationOperation call) => call.Type is { IsRefLikeType: true } && IsOfSystem(call);

    private static bool IsOfSystem(IInvocationOperation call) =>
        call.TargetMethod.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };

    /// <summary>Whether what is passed can be changed by the callee.</summary>
    private static bool IsShared(IArgumentOperation argument) => argument switch
    {
        { Parent: IInvocationOperation call } when IsView(call) => false,
        { Parameter: { RefKind: RefKind.None, Type: var type } } => type is not ({ SpecialType: SpecialType.System_String }
            or { IsValueType: true, IsRefLikeType: false }
            or INamedTypeSymbol { IsRefLikeType: true, Name: "ReadOnlySpan", ContainingNamespace.Name: "System" }),
        _ => true,
    };
}
