using System.Collections.Immutable;

namespace NetGen;

/// <summary>The settings of a network's loss, as <see cref="LossAttribute"/> declares them.</summary>
public sealed record LossSettings
{
    /// <summary>A loss without settings.</summary>
    public static LossSettings Default { get; } = new();

    /// <summary>The largest error that <see cref="Loss.Huber"/> counts with its square.</summary>
    public double Delta { get; init; } = 1;

    /// <summary>The share of the target that <see cref="Loss.CrossEntropy"/> spreads evenly over all classes.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>The label of samples that do not count; null if all do.</summary>
    public int? IgnoreLabel { get; init; }

    /// <summary>The weight of each class; empty if all classes count the same.</summary>
    public ImmutableArray<float> ClassWeights { get; init; } = [];

    /// <summary>Whether the outputs are the logarithms of the class probabilities: the network ends in <see cref="LogSoftmaxAttribute"/>.</summary>
    public bool GivesLogarithms { get; init; }
}
