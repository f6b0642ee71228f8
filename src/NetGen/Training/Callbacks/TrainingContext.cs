namespace NetGen;

/// <summary>What the callbacks of a training see of it.</summary>
public sealed class TrainingContext
{
    private readonly List<string> _checkpoints = [];

    internal TrainingContext(INetwork network, Optimizer optimizer, FitOptions options, TrainingHistory history, int steps)
    {
        Network = network;
        Optimizer = optimizer;
        Options = options;
        History = history;
        Steps = steps;
    }

    /// <summary>The network that is trained. Its parameters may be written between steps, with <see cref="INetwork.EditParameters"/>.</summary>
    public INetwork Network { get; }

    /// <summary>The optimizer; its learning rate may be changed where <see cref="FitOptions.Schedule"/> does not set it.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>How the network is trained.</summary>
    public FitOptions Options { get; }

    /// <summary>The epochs that are complete.</summary>
    public TrainingHistory History { get; }

    /// <summary>Number of epochs that training will have, unless it is stopped.</summary>
    public int Epochs => Options.Epochs;

    /// <summary>Number of steps of an epoch.</summary>
    public int Steps { get; }

    /// <summary>The present epoch, counted from 1; 0 before the first.</summary>
    public int Epoch { get; internal set; }

    /// <summary>Number of steps that are done in the present epoch.</summary>
    public int Step { get; internal set; }

    /// <summary>Number of steps that are done in all, those before a checkpoint included.</summary>
    public long TotalSteps => Epoch == 0 ? 0 : ((long)(Epoch - 1) * Steps) + Step;

    /// <summary>The last step: the loss and accuracy of the epoch so far.</summary>
    public StepResult LastStep { get; internal set; }

    /// <summary>Why a callback asked to stop, or <see langword="null"/> if none did.</summary>
    public string? StopReason { get; private set; }

    /// <summary>Whether the results of epochs have the dead units.</summary>
    internal bool TracksDeadUnits { get; set; }

    /// <summary>The files of the checkpoints that callbacks asked for at the present event.</summary>
    internal List<string> RequestedCheckpoints => _checkpoints;

    /// <summary>
    /// Ends the training politely, when all callbacks have heard of the present event: <c>Fit</c> returns the history of the epochs that
    /// are complete. The first reason stands in <see cref="TrainingHistory.StopReason"/>.
    /// </summary>
    /// <param name="reason">Why, in a sentence for the user.</param>
    public void Stop(string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        StopReason ??= reason;
    }

    /// <summary>
    /// Saves a checkpoint, when all callbacks have heard of the present event: weights, the state of optimizer and callbacks, history and
    /// position. <see cref="FitOptions.ResumeFrom"/> takes it. Only while an epoch runs or has just been completed.
    /// </summary>
    /// <param name="path">The file; it is replaced as a whole when the new one is complete.</param>
    public void SaveCheckpoint(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!_checkpoints.Contains(path))
            _checkpoints.Add(path);
    }

    internal void ForgetCheckpoints() => _checkpoints.Clear();
}
