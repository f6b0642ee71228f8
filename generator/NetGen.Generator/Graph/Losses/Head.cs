using NetGen.Generator.Model;

namespace NetGen.Generator.Graph.Losses;

/// <summary>
/// The head of a network: the output function, and the loss that is computed together with it. The library computes both.
/// </summary>
internal abstract class Head
{
    /// <summary>What training minimises.</summary>
    public abstract LossKind Loss { get; }

    /// <summary>Whether a sample belongs to one class: then training takes labels, and there is <c>Classify</c>.</summary>
    public abstract bool Classifies { get; }

    /// <summary>The outputs in words.</summary>
    public abstract string Outputs { get; }
}
