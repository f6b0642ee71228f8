using static System.FormattableString;

namespace NetGen;

/// <summary>What one epoch of training gave.</summary>
public sealed class EpochResult
{
    /// <summary>The epoch, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Mean training loss over the samples, each measured in its step and with dropout active.</summary>
    public required double Loss { get; init; }

    /// <summary>
    /// Share of training samples that were classified rightly in their step, with dropout active;
    /// <see langword="null"/> for a network that is no classifier.
    /// </summary>
    public double? Accuracy { get; init; }

    /// <summary>Mean loss on the validation set after the epoch; <see langword="null"/> without one.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>
    /// Share of the validation set that is classified rightly after the epoch; <see langword="null"/> without a validation
    /// set, and for a network that is no classifier.
    /// </summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>Duration of the epoch with its validation.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Mean duration of a training step, without the validation.</summary>
    public TimeSpan StepDuration { get; init; }

    /// <summary>Epoch, time, losses and accuracies on a line.</summary>
    public override string ToString() => 
        Invariant($"epoch: {Epoch} - {NumberText.Duration(Duration)} - {MetricText.Of("", Loss, Accuracy)}")
        + (ValidationLoss is { } loss ? " - " + MetricText.Of("val_", loss, ValidationAccuracy) : "");
}
