namespace NetGen;

/// <summary>
/// Receives the progress of a training, on the thread that trains. Override the methods that you need; the others do nothing. An
/// exception thrown here ends the training, with the network as the last step left it.
/// </summary>
public abstract class TrainingProgress
{
    /// <summary>Ignores all progress.</summary>
    public static TrainingProgress None { get; } = new Silent();

    /// <summary>
    /// A new <see cref="ProgressLine"/> on the console's output: rewritten in place on a terminal, and a line for each epoch
    /// and every half minute where the output goes to a file or a pipe.
    /// </summary>
    public static TrainingProgress ToConsole() => new ProgressLine(Console.Out, rewrite: !Console.IsOutputRedirected);

    /// <summary>An epoch begins.</summary>
    /// <param name="epoch">Which, counted from 1.</param>
    /// <param name="epochs">How many there will be.</param>
    /// <param name="steps">Number of steps of the epoch.</param>
    public virtual void EpochStarted(int epoch, int epochs, int steps)
    {
    }

    /// <summary>A step is done and the parameters are changed.</summary>
    /// <param name="step">What the epoch has given so far.</param>
    public virtual void StepCompleted(in StepResult step)
    {
    }

    /// <summary>An epoch and its validation are done.</summary>
    /// <param name="epoch">What it gave.</param>
    public virtual void EpochCompleted(EpochResult epoch)
    {
    }

    /// <summary>Training shows a sign of a usual mistake; it goes on. Each kind of warning comes once in a training.</summary>
    public virtual void Warned(TrainingWarning warning)
    {
    }

    /// <summary>Training ends early, because of a cancellation or an error.</summary>
    public virtual void Stopped()
    {
    }

    private sealed class Silent : TrainingProgress;
}
