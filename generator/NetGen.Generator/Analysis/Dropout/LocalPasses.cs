using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>The training passes in the local variables of one body.</summary>
internal sealed class LocalPasses
{
    private readonly MethodIndex _index;
    private readonly Inference _inference;
    private readonly Sampling _sampling;
    private readonly Dictionary<SyntaxNode, PassHistory> _reads = [];

    private LocalPasses(MethodIndex index, NetworkSymbols symbols)
    {
        _index = index;
        foreach (PassHistory pass in Passes) pass.FindLooks(_ => index);
        _sampling = new Sampling(index, index.Calls, symbols);
        _inference = new Inference(new FlowMap(Passes), symbols);
        foreach (PassHistory pass in Passes)
        {
            foreach (IPropertyReferenceOperation read in pass.Outputs) _reads[read.Syntax] = pass;
        }
    }

    /// <summary>The passes; one that several variables hold is that of the first.</summary>
    private IEnumerable<PassHistory> Passes => _index.Passes.Values.Where(static pass => pass.Creations.Count != 0);

    public static LocalPasses In(IOperation root, NetworkSymbols symbols, CancellationToken cancellationToken) =>
        new(MethodIndex.Of(root, symbols, cancellationToken), symbols);

    /// <summary>The pass whose outputs a read takes for predictions, and the forward computations that it sees.</summary>
    public (PassHistory Pass, PassFacts.Seen Seen)? PredictionsOf(IPropertyReferenceOperation outputs) =>
        _reads.TryGetValue(outputs.Syntax, out PassHistory? pass)
        && _inference.PredictionsOf(pass, outputs, _index, _sampling) is { } seen
            ? (pass, seen)
            : null;

    /// <summary>The forward computations that a read sees.</summary>
    public PassFacts.Seen? SeenBy(PassHistory pass, IPropertyReferenceOperation outputs)
    {
        IOperation place = pass.PlaceOf(outputs);
        return _inference.Flows.FactsAt(pass, place)?.SeenBy(place.Syntax);
    }
}
