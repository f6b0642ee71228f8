using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>
/// Recognises Monte-Carlo dropout written by hand, which wants dropout at inference (Gal and Ghahramani 2016): the same
/// input is passed again and again, or the outputs are summed up element by element.
/// </summary>
internal static class Sampling
{
    public static bool IsSampled(IPropertyReferenceOperation outputs, IEnumerable<IInvocationOperation> forwards) =>
        forwards.Any(forward => LoopsAround(forward).Any(
            loop => IsWithin(outputs, loop) && (IsSummed(outputs) || RepeatsItsInput(forward, loop))));

    private static IEnumerable<ILoopOperation> LoopsAround(IOperation operation)
    {
        for (IOperation? parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is ILoopOperation loop) yield return loop;
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation) yield break;
        }
    }

    private static bool IsWithin(IOperation operation, IOperation ancestor)
    {
        for (IOperation? parent = operation; parent is not null; parent = parent.Parent)
        {
            if (parent == ancestor) return true;
        }

        return false;
    }

    private static bool RepeatsItsInput(IInvocationOperation forward, ILoopOperation loop)
    {
        IOperation? inputs = forward.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value;
        if (inputs is null) return false;
        HashSet<ISymbol> changed = ChangedIn(loop, forward);
        return inputs.DescendantsAndSelf().All(part => part switch
        {
            IInvocationOperation call => IsView(call.TargetMethod),
            IAwaitOperation or IAssignmentOperation or IIncrementOrDecrementOperation or IDynamicInvocationOperation => false,
            _ => SymbolOf(part) is not { } symbol || !(changed.Contains(symbol) || IsDeclaredIn(symbol, loop)),
        });
    }

    /// <summary>Methods of the framework that only look at memory: <c>AsSpan</c>, <c>Slice</c> and their like.</summary>
    private static bool IsView(IMethodSymbol method) =>
        method.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };

    private static bool IsDeclaredIn(ISymbol symbol, ILoopOperation loop) =>
        symbol is ILocalSymbol && symbol.DeclaringSyntaxReferences.Any(
            reference => reference.SyntaxTree == loop.Syntax.SyntaxTree && loop.Syntax.Span.Contains(reference.Span));

    /// <summary>What a loop may change: everything it assigns, calls a method of, or hands on by reference.</summary>
    private static HashSet<ISymbol> ChangedIn(ILoopOperation loop, IInvocationOperation except)
    {
        var changed = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var open = new Stack<IOperation>([loop]);
        while (open.Count != 0)
        {
            IOperation operation = open.Pop();
            if (operation == except) continue;
            IOperation? target = operation switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IIncrementOrDecrementOperation step => step.Target,
                IInvocationOperation call => call.Instance,
                IArgumentOperation argument when IsShared(argument) => argument.Value,
                _ => null,
            };
            if (target is not null)
            {
                changed.UnionWith(target.DescendantsAndSelf().Select(SymbolOf).OfType<ISymbol>());
            }

            foreach (IOperation child in operation.ChildOperations) open.Push(child);
        }

        return changed;
    }

    private static bool IsShared(IArgumentOperation argument) =>
        argument.Parameter is not { RefKind: RefKind.None, Type: { SpecialType: SpecialType.System_String } or { IsValueType: true, IsRefLikeType: false } };

    private static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IMemberReferenceOperation member => member.Member,
        _ => null,
    };

    /// <summary>Whether elements of the outputs are added to something, if need be through a variable for the span.</summary>
    private static bool IsSummed(IOperation outputs)
    {
        if (IsAddend(outputs)) return true;
        return PassUse.RootOf(outputs) is var root
            && outputs.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var alias } }
            && root.Descendants().OfType<ILocalReferenceOperation>().Any(
                reference => SymbolEqualityComparer.Default.Equals(reference.Local, alias) && IsAddend(reference));
    }

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
                    return isElement && sum.Value == child;
                default:
                    return false;
            }
        }
    }
}
