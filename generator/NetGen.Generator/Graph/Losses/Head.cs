using NetGen.Generator.Model;

namespace NetGen.Generator.Graph.Losses;

/// <summary>
/// The head of a network: the output function, and the loss that is computed together with it. The library computes both.
/// </summary>
internal abstract class Head
{
    /// <summary>What training minimises.</summary>
    public abstract LossKind Loss { get; }

    /// <summary>Whether the outputs are one for each class, and a sample belongs to one: then there is <c>Classify</c>.</summary>
    public virtual bool Classifies => false;

    /// <summary>Whether training takes labels.</summary>
    public virtual bool TakesLabels => Classifies;

    /// <summary>Whether the values before the head (before Softmax: the logits) differ from the outputs; then the loss is computed from them.</summary>
    public virtual bool HasLogits => false;

    /// <summary>Whether the outputs are logarithms of probabilities.</summary>
    public virtual bool GivesLogarithms => false;

    /// <summary>The outputs in words.</summary>
    public abstract string Outputs { get; }

    /// <summary>The head of a network whose last layer declares none: the identity.</summary>
    public static Head OfRegression(LossKind loss) => loss switch
    {
        LossKind.MeanSquaredError => new MeanSquaredError(),
        LossKind.MeanAbsoluteError => new MeanAbsoluteError(),
        LossKind.Huber => new Huber(),
        _ => throw new InvalidOperationException($"The loss {loss} needs a head."),
    };
}
