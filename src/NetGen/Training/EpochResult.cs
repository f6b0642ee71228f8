namespace NetGen;

/// <summary>What one epoch of training gave.</summary>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Loss">Mean training loss over the samples, each measured in its step and with dropout active.</param>
/// <param name="Accuracy">
/// Share of training samples that were classified rightly in their step, with dropout active;
/// <see langword="null"/> for a network that is no classifier.
/// </param>
/// <param name="ValidationLoss">Mean loss on the validation set after the epoch; <see langword="null"/> without one.</param>
/// <param name="ValidationAccuracy">
/// Share of the validation set that is classified rightly after the epoch; <see langword="null"/> without a validation
/// set, and for a network that is no classifier.
/// </param>
/// <param name="Seconds">Duration of the epoch with its validation.</param>
/// <param name="SecondsPerStep">Mean duration of a training step, without the validation.</param>
public sealed record EpochResult(
    int Epoch,
    double Loss,
    double? Accuracy,
    double? ValidationLoss,
    double? ValidationAccuracy,
    double Seconds,
    double SecondsPerStep);
