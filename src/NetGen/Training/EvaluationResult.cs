using System.Collections.ObjectModel;

using static System.FormattableString;

namespace NetGen;

/// <summary>How well a network does on a data set, without dropout.</summary>
public sealed class EvaluationResult
{
    /// <summary>Number of samples.</summary>
    public required int Samples { get; init; }

    /// <summary>Mean loss over the samples.</summary>
    public required double Loss { get; init; }

    /// <summary>
    /// Share of the samples whose class is predicted: the one with the largest output, or of a binary classifier with one output class 1 where it is above
    /// 0.5. Outputs with a NaN are no prediction, so they count as wrong; samples whose label the loss ignores do not count.
    /// <see langword="null"/> for a network that is no classifier.
    /// </summary>
    public double? Accuracy { get; init; }

    /// <summary>
    /// Actual against predicted classes, without the samples whose outputs hold a NaN; <see langword="null"/> for a
    /// network that is no classifier.
    /// </summary>
    public ConfusionMatrix? ConfusionMatrix { get; init; }

    /// <summary>The values of the metrics that were asked for, by name.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>Loss, accuracy, metrics and number of samples on a line.</summary>
    public override string ToString() => Invariant($"{MetricText.Of("", Loss, Accuracy)}{MetricText.Of("", Metrics)} ({Samples} samples)");
}
