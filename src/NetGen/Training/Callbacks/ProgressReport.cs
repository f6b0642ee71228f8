namespace NetGen;

/// <summary>Hands the results of steps and epochs to an <see cref="IProgress{T}"/>, for example to show them in a window.</summary>
/// <remarks>A <see cref="Progress{T}"/> allocates memory for each report; an <see cref="IProgress{T}"/> of your own need not.</remarks>
/// <param name="epochs">Gets the result of each epoch; <see langword="null"/> if nobody wants them.</param>
/// <param name="steps">Gets the result of each step; <see langword="null"/> if nobody wants them.</param>
public sealed class ProgressReport(IProgress<EpochResult>? epochs = null, IProgress<StepResult>? steps = null) : TrainingCallback
{
    /// <inheritdoc/>
    public override void StepCompleted(TrainingContext training) => steps?.Report(training.LastStep);

    /// <inheritdoc/>
    public override void EpochCompleted(TrainingContext training, EpochResult epoch) => epochs?.Report(epoch);
}
