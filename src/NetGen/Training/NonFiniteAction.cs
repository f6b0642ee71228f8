namespace NetGen;

/// <summary>What <see cref="TrainingExtensions.Fit"/> does when a loss or a gradient becomes infinite or NaN.</summary>
public enum NonFiniteAction
{
    /// <summary>Training ends with a <see cref="TrainingDivergedException"/>; the step at fault is not applied.</summary>
    Throw,

    /// <summary>
    /// The batch is left out: it changes no parameter and no statistic, and does not count in losses and metrics.
    /// <see cref="TrainingHistory.SkippedBatches"/> counts such batches, and the first gives a warning. An epoch without one good batch ends training.
    /// </summary>
    SkipBatch,
}
