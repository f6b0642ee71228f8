namespace NetGen;

/// <summary>
/// The training loss, or in the last step of an epoch a gradient, became infinite or not a number. The step at fault was not
/// applied: the parameters are those after the step before it.
/// </summary>
public sealed class TrainingDivergedException : Exception
{
    internal TrainingDivergedException(string message, int epoch, int step, double loss, TrainingHistory history)
        : base(message) =>
        (Epoch, Step, Loss, History) = (epoch, step, loss, history);

    /// <summary>The epoch in which it happened, counted from 1.</summary>
    public int Epoch { get; }

    /// <summary>The step in the epoch, counted from 1.</summary>
    public int Step { get; }

    /// <summary>The loss of that step: an infinity or not a number, unless it was a gradient that showed the fault.</summary>
    public double Loss { get; }

    /// <summary>The epochs that were completed.</summary>
    public TrainingHistory History { get; }
}
