using static System.FormattableString;

namespace NetGen;

/// <summary>
/// Training was stopped by its <see cref="CancellationToken"/>, between two steps. The network keeps what it has learnt
/// until then and can be used, saved or trained on.
/// </summary>
public sealed class TrainingCanceledException : OperationCanceledException
{
    internal TrainingCanceledException(int epoch, int steps, TrainingHistory history, CancellationToken token)
        : base(
            Invariant($"Training was canceled in epoch {epoch} after {steps} of its steps; ") +
            "the network is as that step left it.",
            token) =>
        (Epoch, CompletedSteps, History) = (epoch, steps, history);

    /// <summary>The epoch in which it happened, counted from 1.</summary>
    public int Epoch { get; }

    /// <summary>How many steps of that epoch were done.</summary>
    public int CompletedSteps { get; }

    /// <summary>The epochs that were completed.</summary>
    public TrainingHistory History { get; }
}
