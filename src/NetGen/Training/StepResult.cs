using static System.FormattableString;

namespace NetGen;

/// <summary>State of an epoch after one of its steps. A struct, so that reporting it allocates nothing.</summary>
public readonly record struct StepResult
{
    /// <summary>The epoch, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The step just done, counted from 1.</summary>
    public required int Step { get; init; }

    /// <summary>Number of steps of the epoch.</summary>
    public required int Steps { get; init; }

    /// <summary>Mean loss over the samples of the epoch so far.</summary>
    public required double Loss { get; init; }

    /// <summary>
    /// Share of them that were classified rightly; <see langword="null"/> for a network that is no classifier.
    /// </summary>
    public double? Accuracy { get; init; }

    /// <summary>Time since the epoch began.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Epoch, step, time, loss and accuracy on a line.</summary>
    public override string ToString() => Invariant(
        $"epoch: {Epoch} - step: {Step}/{Steps} - {NumberText.Duration(Elapsed)} - {MetricText.Of("", Loss, Accuracy)}");
}
