using System.Collections.ObjectModel;

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

    /// <summary>The values of <see cref="FitOptions.Metrics"/> over the training samples, each in its step and with dropout active, by name.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>The values of <see cref="FitOptions.Metrics"/> on the validation set after the epoch, by name; empty without one.</summary>
    public IReadOnlyDictionary<string, double> ValidationMetrics { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>
    /// The units that were positive for no sample of the epoch, dropout aside; <see langword="null"/> unless the network is declared with
    /// <see cref="NetworkAttribute.TrackDeadUnits"/>.
    /// </summary>
    public DeadUnitReport? DeadUnits { get; init; }

    /// <summary>The learning rate of the epoch's last step.</summary>
    public float LearningRate { get; init; }

    /// <summary>Duration of the epoch with its validation.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Mean duration of a training step, without the validation.</summary>
    public TimeSpan StepDuration { get; init; }

    /// <summary>Epoch, time, losses and accuracies on a line, with the share of dead units if they are tracked.</summary>
    public override string ToString() =>
        Invariant($"epoch: {Epoch} - {NumberText.Duration(Duration)} - {MetricText.Of("", Loss, Accuracy)}{MetricText.Of("", Metrics)}")
        + (ValidationLoss is { } loss ? $" - {MetricText.Of("val_", loss, ValidationAccuracy)}{MetricText.Of("val_", ValidationMetrics)}" : "")
        + (DeadUnits is { } units ? $" - {EpochValues.DeadUnits}: {NumberText.Share(units.Share)}" : "");
}
