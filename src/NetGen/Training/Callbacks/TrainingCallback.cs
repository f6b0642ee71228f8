namespace NetGen;

/// <summary>
/// Takes part in a training: sees the network, may stop the training, and may save checkpoints. Override the methods that you need; the
/// others do nothing. To only show progress, derive from <see cref="TrainingProgress"/>.
/// </summary>
/// <remarks>
/// All methods run on the thread that trains. At each event the callbacks run in the order of <see cref="FitOptions.Callbacks"/>, and
/// <see cref="FitOptions.Progress"/> runs after them. If one throws, those after it do not hear of that event, every callback that
/// was started still gets <see cref="TrainingEnded"/>, and <c>Fit</c> throws that exception, with the network as the last step left it.
/// If <see cref="TrainingEnded"/> throws, the others still get theirs; <c>Fit</c> throws the first exception of all.
/// </remarks>
public abstract class TrainingCallback
{
    /// <summary>Training begins. Nothing was computed yet; where it resumes from a checkpoint, the network and the optimizer have its state.</summary>
    /// <param name="training">The training.</param>
    public virtual void TrainingStarted(TrainingContext training)
    {
    }

    /// <summary>An epoch begins, or goes on where a checkpoint interrupted it.</summary>
    /// <param name="training">The training; <see cref="TrainingContext.Epoch"/> is the epoch that begins.</param>
    public virtual void EpochStarted(TrainingContext training)
    {
    }

    /// <summary>A step is done and the parameters are changed.</summary>
    /// <param name="training">The training; <see cref="TrainingContext.LastStep"/> is that step.</param>
    public virtual void StepCompleted(TrainingContext training)
    {
    }

    /// <summary>An epoch and its validation are done.</summary>
    /// <param name="training">The training, whose history has the epoch already.</param>
    /// <param name="epoch">What the epoch gave.</param>
    public virtual void EpochCompleted(TrainingContext training, EpochResult epoch)
    {
    }

    /// <summary>Training ends, however it ends: after the last epoch, because a callback stopped it, or because of an exception.</summary>
    /// <param name="training">The training.</param>
    /// <param name="error">The exception that ends it, or <see langword="null"/>.</param>
    public virtual void TrainingEnded(TrainingContext training, Exception? error)
    {
    }

    /// <summary>
    /// Writes what the callback must know again when training resumes from a checkpoint. A checkpoint is written after all callbacks
    /// have heard of the event at which it was asked for.
    /// </summary>
    /// <param name="state">Takes the values.</param>
    public virtual void SaveState(CheckpointValues state)
    {
    }

    /// <summary>Reads what <see cref="SaveState"/> wrote, after <see cref="TrainingStarted"/>.</summary>
    /// <param name="state">Has the values.</param>
    public virtual void RestoreState(CheckpointValues state)
    {
    }
}
