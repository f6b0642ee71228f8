using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>
/// Finds forward computations in one list of statements that are made again with the same inputs, as by a test that two of them differ: what
/// a loop over draws is, written out. <c>Predict</c> would give the same outputs twice.
/// </summary>
internal sealed class EqualInputs(NetworkSymbols symbols)
{
    private readonly Dictionary<IBlockOperation, Dictionary<IOperation, int>> _places = [];
    private readonly Dictionary<PassHistory, HashSet<IOperation>> _repeated = [];

    /// <summary>Whether the same pass computes on the same inputs in the statements before or after a forward computation, with no other computation of it between.</summary>
    public bool Has(PassHistory pass, IInvocationOperation forward)
    {
        if (!_repeated.TryGetValue(pass, out HashSet<IOperation>? repeated)) _repeated.Add(pass, repeated = RepeatedOf(pass));
        return repeated.Contains(forward);
    }

    private HashSet<IOperation> RepeatedOf(PassHistory pass)
    {
        HashSet<IOperation> repeated = [];
        var last = new Dictionary<IBlockOperation, (IInvocationOperation Forward, IOperation Statement)>();
        foreach (IInvocationOperation forward in pass.Forwards.OrderBy(static forward => forward.Syntax.SpanStart))
        {
            IOperation statement = forward;
            while (statement.Parent is { } parent and not IBlockOperation) statement = parent;
            if (statement.Parent is not IBlockOperation list) continue;
            if (last.TryGetValue(list, out (IInvocationOperation Forward, IOperation Statement) before)
                && before.Statement != statement
                && AreEqual(before.Forward, forward, Between(list, before.Statement, statement)))
            {
                repeated.Add(before.Forward);
                repeated.Add(forward);
            }

            last[list] = (forward, statement);
        }

        return repeated;
    }

    private bool AreEqual(IInvocationOperation first, IInvocationOperation second, IEnumerable<IOperation> between)
    {
        if (InputsOf(first) is not { } inputs
            || InputsOf(second) is not { } again
            || !inputs.Syntax.IsEquivalentTo(again.Syntax)
            || !Repetition.IsStable(inputs))
        {
            return false;
        }

        List<ISymbol> parts = [.. inputs.DescendantsAndSelf().Select(Repetition.SymbolOf).OfType<ISymbol>()];
        return between.Select(statement => new Repetition(statement, null, symbols)).All(other => !other.Trains && !parts.Exists(other.Changes));
    }

    private static IOperation? InputsOf(IInvocationOperation forward) =>
        forward.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value;

    private IEnumerable<IOperation> Between(IBlockOperation list, IOperation first, IOperation last)
    {
        if (!_places.TryGetValue(list, out Dictionary<IOperation, int>? places))
        {
            places = [];
            foreach (IOperation statement in list.Operations) places.Add(statement, places.Count);
            _places.Add(list, places);
        }

        for (int i = places[first] + 1; i < places[last]; i++) yield return list.Operations[i];
    }
}
