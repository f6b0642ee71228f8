using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>
/// Decides whether a read of a pass's outputs takes them for predictions: nothing trains on them, nobody chose the mode, and
/// nothing says that their randomness is wanted.
/// </summary>
internal sealed class Inference(FlowMap flows, NetworkSymbols symbols)
{
    private readonly Dictionary<PassHistory, bool> _canBeJudged = [];

    /// <summary>The flow of the functions around the passes.</summary>
    public FlowMap Flows { get; } = flows;

    /// <summary>The forward computations that a read sees, if it takes their outputs for predictions; null if not.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="outputs">The read.</param>
    /// <param name="index">The body that it stands in.</param>
    /// <param name="sampling">What is sampled in that body.</param>
    public PassFacts.Seen? PredictionsOf(PassHistory pass, IPropertyReferenceOperation outputs, MethodIndex index, Sampling sampling)
    {
        IOperation place = pass.PlaceOf(outputs);
        if (!CanBeJudged(pass, sampling)
            || Flows.FactsAt(pass, place) is not { } facts
            || facts.SeenBy(place.Syntax) is not { IsTraining: false } seen
            || (pass.Backwards.Count != 0 && (seen.Forwards.IsEmpty || (Flows.IsShared(pass) && facts.MayPrecedeForwards(place.Syntax))))
            || (pass.Looks.TryGetValue(outputs.Syntax, out IReadOnlyList<ILocalReferenceOperation>? looks)
                && looks.Any(look => Flows.FactsAt(pass, look)?.SeenBy(look.Syntax) is { IsTraining: true }))
            || index.Modes.IsAlternative(outputs)
            || sampling.IsTarget(outputs))
        {
            return null;
        }

        return sampling.IsSampled(pass, outputs, seen.Forwards.Select(pass.ForwardAt)) ? null : seen;
    }

    private bool CanBeJudged(PassHistory pass, Sampling sampling)
    {
        if (_canBeJudged.TryGetValue(pass, out bool known)) return known;
        bool can = !pass.IsElsewhere
            && pass.HasDropout(symbols)
            && (pass.Backwards.Count == 0
                ? !pass.Creations.Exists(creation => sampling.HasVaryingSeed(creation.Call))
                : !Flows.IsShared(pass) || Flows.TrainsOnItsOwn(pass));
        _canBeJudged.Add(pass, can);
        return can;
    }
}
