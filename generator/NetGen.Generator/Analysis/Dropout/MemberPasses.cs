using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>The training passes in the fields and properties of one type, also those in a <c>Lazy</c>, and all that its code does to them.</summary>
internal sealed class MemberPasses(NetworkSymbols symbols)
{
    private readonly Dictionary<SyntaxNode, MethodIndex> _indexes = [];
    private readonly Dictionary<MethodIndex, Sampling> _samplings = [];

    public ConcurrentBag<IMemberReferenceOperation> References { get; } = [];

    public ConcurrentBag<(ISymbol Member, IOperation Value)> InitialValues { get; } = [];

    /// <summary>Calls of the type's own methods.</summary>
    public ConcurrentBag<(IMethodSymbol Method, IOperation Site)> Calls { get; } = [];

    /// <summary>The network whose pass it is.</summary>
    public ITypeSymbol? NetworkOf(PassHistory pass) =>
        pass.Creations.Select(creation => symbols.NetworkOf(creation.Call)).FirstOrDefault(static network => network is not null);

    /// <summary>The reads of outputs that take them for predictions, once all of the type has been seen.</summary>
    public IEnumerable<(PassHistory Pass, IPropertyReferenceOperation Outputs, bool HasOneForward)> Predictions(CancellationToken cancellationToken)
    {
        List<PassHistory> passes = [.. Histories(cancellationToken)];
        if (passes.Count == 0) yield break;
        foreach (PassHistory pass in passes) pass.FindLooks(read => IndexOf(read, cancellationToken));
        var inference = new Inference(new FlowMap(passes), symbols);
        List<(IMethodSymbol Method, IOperation Site)> calls = [.. Calls];
        foreach (PassHistory pass in passes)
        {
            foreach (IPropertyReferenceOperation outputs in pass.Outputs)
            {
                MethodIndex index = IndexOf(outputs, cancellationToken);
                if (!_samplings.TryGetValue(index, out Sampling? sampling))
                    _samplings.Add(index, sampling = new Sampling(index, calls, symbols));
                if (inference.PredictionsOf(pass, outputs, index, sampling) is { } seen)
                    yield return (pass, outputs, seen is { AreMore: false, Forwards.Length: 1 } && !pass.Creations.Exists(static creation => creation.IsByMethod) && !PassHolders.IsHolder(pass.Variable));
            }
        }
    }

    private IEnumerable<PassHistory> Histories(CancellationToken cancellationToken)
    {
        var passes = new Dictionary<ISymbol, PassHistory>(SymbolEqualityComparer.Default);
        foreach (IMemberReferenceOperation reference in References) Of(reference.Member.OriginalDefinition).Add(PassHolders.PassOf(reference), symbols);
        foreach ((ISymbol member, IOperation value) in InitialValues) Of(member).Begin(PassHolders.Begun(value) ?? value, symbols);
        foreach (PassHistory pass in passes.Values)
        {
            foreach (IOperation alias in pass.Aliases) pass.Merge(IndexOf(alias, cancellationToken).AliasOf(alias));
        }

        return passes.Values.Where(pass => pass.Outputs.Count != 0 && !pass.IsElsewhere && !IsNamedInNestedType(pass.Variable, cancellationToken));

        PassHistory Of(ISymbol member)
        {
            if (!passes.TryGetValue(member, out PassHistory? pass)) passes.Add(member, pass = new PassHistory(member));
            return pass;
        }
    }

    private MethodIndex IndexOf(IOperation operation, CancellationToken cancellationToken)
    {
        IOperation root = PassUse.RootOf(operation);
        if (!_indexes.TryGetValue(root.Syntax, out MethodIndex? index))
            _indexes.Add(root.Syntax, index = MethodIndex.Of(root, symbols, cancellationToken));
        return index;
    }

    /// <summary>Nested types can train a private member too, and their code is not seen with that of the type.</summary>
    private static bool IsNamedInNestedType(ISymbol member, CancellationToken cancellationToken) =>
        member.ContainingType.GetTypeMembers()
            .SelectMany(static nested => nested.DeclaringSyntaxReferences)
            .SelectMany(reference => reference.GetSyntax(cancellationToken).DescendantTokens())
            .Any(token => token.ValueText == member.Name);
}
