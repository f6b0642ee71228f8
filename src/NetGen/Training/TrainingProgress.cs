namespace NetGen;

/// <summary>State of an epoch after one of its steps.</summary>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Step">The step just done, counted from 1.</param>
/// <param name="Steps">Number of steps of the epoch.</param>
/// <param name="Loss">Mean loss over the samples of the epoch so far.</param>
/// <param name="Accuracy">
/// Share of them that were classified rightly; <see langword="null"/> for a network that is no classifier.
/// </param>
/// <param name="Seconds">Time since the epoch began.</param>
public readonly record struct StepResult(int Epoch, int Step, int Steps, double Loss, double? Accuracy, double Seconds);

/// <summary>
/// Is told how training goes on, on the thread that trains. Override what is wanted; the other methods do nothing. An
/// exception thrown here ends the training, with the network as the last step left it.
/// </summary>
public abstract class TrainingProgress
{
    /// <summary>Tells nobody.</summary>
    public static TrainingProgress None { get; } = new Silent();

    /// <summary>
    /// A new <see cref="ProgressLine"/> on the console's output, which is rewritten in place unless the output goes to a
    /// file or a pipe.
    /// </summary>
    public static TrainingProgress Console => new ProgressLine(System.Console.Out, !System.Console.IsOutputRedirected);

    /// <summary>An epoch begins.</summary>
    /// <param name="epoch">Which, counted from 1.</param>
    /// <param name="epochs">How many there will be.</param>
    /// <param name="steps">Number of steps of the epoch.</param>
    public virtual void EpochStarted(int epoch, int epochs, int steps)
    {
    }

    /// <summary>A step is done and the parameters are changed.</summary>
    public virtual void StepCompleted(in StepResult step)
    {
    }

    /// <summary>An epoch and its validation are done.</summary>
    public virtual void EpochCompleted(EpochResult epoch)
    {
    }

    /// <summary>Training shows a sign of a usual mistake; it goes on. Each kind of warning comes once in a training.</summary>
    public virtual void Warned(TrainingWarning warning)
    {
    }

    /// <summary>Training ends before its time, by cancellation or an error.</summary>
    public virtual void Stopped()
    {
    }

    private sealed class Silent : TrainingProgress;
}
