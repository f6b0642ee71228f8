using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Analysis.Dropout;

namespace NetGen.Generator.Analysis.Accuracy;

/// <summary>Where a body names what is no local variable, and what it writes into elements; gathered in one walk.</summary>
internal sealed class BodyReferences
{
    private readonly MethodIndex _index;
    private readonly Dictionary<ISymbol, List<IOperation>> _references = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<IOperation>> _elements = new(SymbolEqualityComparer.Default);

    public BodyReferences(MethodIndex index, CancellationToken cancellationToken)
    {
        _index = index;
        foreach (IOperation operation in index.Root.Descendants())
        {
            cancellationToken.ThrowIfCancellationRequested();
            ISymbol? symbol = operation switch
            {
                IParameterReferenceOperation parameter => parameter.Parameter,
                IMemberReferenceOperation member => member.Member,
                IInvocationOperation call => call.TargetMethod,
                _ => null,
            };
            if (symbol is not null) Add(_references, symbol, operation);
            if (operation is ISimpleAssignmentOperation { Target: var target } assignment && HolderOf(target) is ILocalReferenceOperation holder && holder != target)
                Add(_elements, holder.Local, assignment.Value);
        }
    }

    /// <summary>The expressions in which a symbol is named.</summary>
    public IEnumerable<IOperation> To(ISymbol symbol) =>
        symbol is ILocalSymbol local ? _index.ReferencesTo(local) : Find(_references, symbol);

    /// <summary>
    /// The variables, members and methods from which a value comes: of an element or a slice, what it is taken from; of a new array, its
    /// elements; of a local variable, also what it gets.
    /// </summary>
    public HashSet<ISymbol> RootsOf(IEnumerable<IOperation> values)
    {
        var roots = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var open = new Stack<IOperation>(values);
        while (open.Count != 0)
        {
            IOperation value = HolderOf(open.Pop());
            switch (value)
            {
                case ILocalReferenceOperation { Local: var local }:
                    if (!roots.Add(local)) break;
                    if (_index.OnlyValueOf(local) is { } only) open.Push(only);
                    foreach (IOperation element in Find(_elements, local)) open.Push(element);
                    break;
                case IParameterReferenceOperation { Parameter: var parameter }:
                    roots.Add(parameter);
                    break;
                case IMemberReferenceOperation { Member: var member }:
                    roots.Add(member);
                    break;
                case IInvocationOperation { TargetMethod: var method }:
                    roots.Add(method);
                    break;
                case IArrayCreationOperation array:
                    if (array.Initializer is { } initializer) open.Push(initializer);
                    break;
                default:
                    foreach (IOperation child in value.ChildOperations) open.Push(child);
                    break;
            }
        }

        return roots;
    }

    /// <summary>What an element or slice is taken from.</summary>
    private static IOperation HolderOf(IOperation value)
    {
        while (true)
        {
            IOperation? holder = value switch
            {
                IConversionOperation conversion => conversion.Operand,
                IArrayElementReferenceOperation element => element.ArrayReference,
                IImplicitIndexerReferenceOperation element => element.Instance,
                IPropertyReferenceOperation { Property.IsIndexer: true } element => element.Instance,
                IInvocationOperation { Type.IsRefLikeType: true } view => view.Instance ?? view.Arguments.Select(static argument => argument.Value).FirstOrDefault(),
                _ => null,
            };
            if (holder is null) return value;
            value = holder;
        }
    }

    private static void Add(Dictionary<ISymbol, List<IOperation>> map, ISymbol symbol, IOperation operation)
    {
        if (!map.TryGetValue(symbol, out List<IOperation>? all)) map.Add(symbol, all = []);
        all.Add(operation);
    }

    private static IEnumerable<IOperation> Find(Dictionary<ISymbol, List<IOperation>> map, ISymbol symbol) =>
        map.TryGetValue(symbol, out List<IOperation>? found) ? found : [];
}
