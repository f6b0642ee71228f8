using NetGen.Generator.Model;

namespace NetGen.Generator.Graph.Heads;

/// <summary>
/// The end of a network: the function that gives the outputs, and the loss that is computed together with it. All that code must know of
/// either is asked here.
/// </summary>
internal abstract class Head
{
    /// <summary>What training minimises.</summary>
    public abstract LossKind Loss { get; }

    /// <summary>Whether a sample belongs to one class: then training takes labels, and there is <c>Classify</c>.</summary>
    public abstract bool Classifies { get; }

    /// <summary>Whether the outputs are a function of the last values, which can then be asked for instead of them.</summary>
    public abstract bool HasOutputFunction { get; }

    /// <summary>The outputs in words.</summary>
    public abstract string Outputs { get; }

    /// <summary>The targets of a sample in words.</summary>
    public abstract string Targets { get; }

    /// <summary>What is wrong with targets in words, for the exception; empty where any numbers will do.</summary>
    public abstract string TargetFault { get; }

    /// <summary>The mean loss in words.</summary>
    public abstract string MeanLoss { get; }

    /// <summary>The check of targets, as a statement; null where any numbers will do.</summary>
    public abstract string? CheckTargets { get; }

    /// <summary>Writes <paramref name="destination"/> from <paramref name="values"/>, as a statement.</summary>
    public abstract string Predict(string values, string destination);

    /// <summary>Writes <paramref name="outputs"/> and gives the loss of one sample, as an expression.</summary>
    /// <param name="values">The last values.</param>
    /// <param name="target">The label or the targets.</param>
    /// <param name="outputs">Where the outputs go.</param>
    public abstract string LossOf(string values, string target, string outputs);

    /// <summary>Statement that must come before <see cref="LossOf"/>; null where there is none.</summary>
    public abstract string? BeforeLoss(string values, string outputs);

    /// <summary>Writes the gradient of the loss with respect to the last values, as a statement.</summary>
    /// <param name="outputs">The outputs of forward.</param>
    /// <param name="target">The label or the targets.</param>
    /// <param name="scale">The share of the sample in the mean.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    public abstract string GradientOf(string outputs, string target, string scale, string gradient);
}
