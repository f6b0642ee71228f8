using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

using static System.FormattableString;

namespace NetGen;

/// <summary>How <see cref="TrainingExtensions.Fit"/> trains.</summary>
public sealed class FitOptions
{
    private readonly int _epochs = 1;
    private readonly int _batchSize = 32;
    private readonly int _threads;
    private readonly TrainingProgress _progress = TrainingProgress.None;

    /// <summary>How often every sample is used; at least 1, 1 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Epochs
    {
        get => _epochs;
        init => _epochs = AtLeast(1, value);
    }

    /// <summary>
    /// Samples in a step; at least 1, 32 unless set. The last step of an epoch has what is left.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int BatchSize
    {
        get => _batchSize;
        init => _batchSize = AtLeast(1, value);
    }

    /// <summary>
    /// Changes the parameters by the gradients; unless set, each <c>Fit</c> makes a new <see cref="Adam"/> with a learning rate of
    /// 0.001. One that is set belongs to one network and keeps its state after training, so that a second <c>Fit</c> of that network
    /// goes on where the first ended.
    /// </summary>
    public Optimizer? Optimizer { get; init; }

    /// <summary>Sets the learning rate of each step; unless set, that of the optimizer stays.</summary>
    public LearningRateSchedule? Schedule { get; init; }

    /// <summary>Samples on which the network is evaluated after each epoch, without dropout; none unless set.</summary>
    public Dataset? Validation { get; init; }

    /// <summary>Whether each epoch uses the samples in another random order; true unless set.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>The seed of the order of the samples and of dropout: the same seed gives the same result, bit for bit.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Threads to compute with; 0, the default, is one for each processor, and there are never more than that. The result does not
    /// depend on it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Threads
    {
        get => _threads;
        init => _threads = AtLeast(0, value);
    }

    /// <summary>
    /// Receives the progress; none unless set. <see cref="TrainingProgress.ToConsole"/> writes a line to the
    /// console as Keras does.
    /// </summary>
    public TrainingProgress Progress
    {
        get => _progress;
        init => _progress = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Stops training between two steps, with a <see cref="TrainingCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The options that are set or have a default, in the manner of a record.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"FitOptions {{ Epochs = {Epochs}, BatchSize = {BatchSize}");
        Append(nameof(Optimizer), Optimizer);
        Append(nameof(Schedule), Schedule is null ? null : "set");
        Append(nameof(Validation), Validation);
        text.Append(CultureInfo.InvariantCulture, $", Shuffle = {Shuffle}, Seed = {Seed}, Threads = {Threads}");
        Append(nameof(Progress), Progress == TrainingProgress.None ? null : Progress.GetType().Name);
        return text.Append(" }").ToString();

        void Append(string name, object? value)
        {
            if (value is not null)
                text.Append(CultureInfo.InvariantCulture, $", {name} = {value}");
        }
    }

    private static int AtLeast(int least, int value, [CallerMemberName] string name = "") => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), Invariant($"{name} must be at least {least}, but got {value}."));
}
