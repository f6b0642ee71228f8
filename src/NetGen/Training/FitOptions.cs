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
    private readonly int _accumulatedBatches = 1;
    private readonly int? _prefetch;
    private readonly int _threads;
    private readonly IReadOnlyList<TrainingCallback> _callbacks = [];
    private readonly IReadOnlyList<Metric> _metrics = [];
    private readonly IReadOnlyList<float>? _classWeights;
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
    public ISampleSource? Validation { get; init; }

    /// <summary>
    /// The factor of each class in the weights of its samples, so that a rare class counts as much as a frequent one; one number for
    /// each class, finite, 0 or more. All 1 unless set. Validation and evaluation do not use them. The loss of a batch is divided by the sum of
    /// its weights, so a batch with samples of one class alone is not changed by them. A batch whose samples all have the weight 0
    /// changes no trained parameter.
    /// </summary>
    /// <exception cref="ArgumentException">A factor is negative, infinite or not a number, or all are 0.</exception>
    public IReadOnlyList<float>? ClassWeights
    {
        get => _classWeights;
        init => _classWeights = Weights(value);
    }

    /// <summary>
    /// How many batches a step of the optimizer takes; 1 unless set. Their gradients are added up, weighted by their samples: the parameters change
    /// as after one batch with all of these samples, apart from batch normalisation, whose statistics are those of each batch. What is left at the
    /// end of an epoch makes a step, too.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int AccumulatedBatches
    {
        get => _accumulatedBatches;
        init => _accumulatedBatches = AtLeast(1, value);
    }

    /// <summary>What to do when a loss or a gradient becomes infinite or NaN: end the training, unless set.</summary>
    public NonFiniteAction NonFinite { get; init; }

    /// <summary>
    /// How many batches are read ahead on a background thread; 0 reads each when it is needed. Unless set, it is 2, and 0 for a
    /// <see cref="Dataset"/>, which lies in memory already. The result does not depend on it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? Prefetch
    {
        get => _prefetch;
        init => _prefetch = value is { } batches ? AtLeast(0, batches) : null;
    }

    /// <summary>Take part in the training, in this order; none unless set. Each belongs to one training at a time.</summary>
    /// <exception cref="ArgumentException">A callback is <see langword="null"/>.</exception>
    public IReadOnlyList<TrainingCallback> Callbacks
    {
        get => _callbacks;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Contains(null!))
                throw new ArgumentException("Callbacks must not contain null.", nameof(value));
            _callbacks = [.. value];
        }
    }

    /// <summary>
    /// Values that each epoch gets besides loss and accuracy, over the training samples and on the validation set; none unless set. Each needs a name of its own.
    /// </summary>
    /// <exception cref="ArgumentException">A metric is <see langword="null"/>, or two have one name.</exception>
    public IReadOnlyList<Metric> Metrics
    {
        get => _metrics;
        init => _metrics = SourceCheck.Metrics(value, nameof(value));
    }

    /// <summary>
    /// A checkpoint from which training goes on; <see langword="null"/>, the default, begins anew. The network's parameters are replaced by
    /// those of the checkpoint, and the result is the same bit for bit as that of a training that was never interrupted.
    /// <see cref="Checkpoints.Latest"/> finds the last one of a folder.
    /// </summary>
    public string? ResumeFrom { get; init; }

    /// <summary>Whether each epoch uses the samples in another random order; true unless set. A sequential source keeps its order.</summary>
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
        Append(nameof(ClassWeights), ClassWeights is null ? null : $"[{string.Join(", ", ClassWeights.Select(weight => Invariant($"{weight}")))}]");
        Append(nameof(AccumulatedBatches), AccumulatedBatches == 1 ? null : AccumulatedBatches);
        Append(nameof(NonFinite), NonFinite == NonFiniteAction.Throw ? null : NonFinite);
        Append(nameof(Prefetch), Prefetch);
        Append(nameof(Callbacks), Callbacks.Count == 0 ? null : $"[{string.Join(", ", Callbacks.Select(callback => callback.GetType().Name))}]");
        Append(nameof(Metrics), Metrics.Count == 0 ? null : $"[{string.Join(", ", Metrics)}]");
        Append(nameof(ResumeFrom), ResumeFrom);
        text.Append(CultureInfo.InvariantCulture, $", Shuffle = {Shuffle}, Seed = {Seed}, Threads = {Threads}");
        Append(nameof(Progress), Progress == TrainingProgress.None ? null : Progress.GetType().Name);
        return text.Append(" }").ToString();

        void Append(string name, object? value)
        {
            if (value is not null)
                text.Append(CultureInfo.InvariantCulture, $", {name} = {value}");
        }
    }

    private static IReadOnlyList<float>? Weights(IReadOnlyList<float>? values)
    {
        if (values is null)
            return null;
        for (int i = 0; i < values.Count; i++)
        {
            if (!(values[i] >= 0 && float.IsFinite(values[i])))
                throw new ArgumentException(Invariant($"The weight of class {i} must be finite and not negative, but got {values[i]}."), nameof(values));
        }

        return values.Any(value => value > 0)
            ? [.. values]
            : throw new ArgumentException("At least one class must have a weight above 0.", nameof(values));
    }

    private static int AtLeast(int least, int value, [CallerMemberName] string name = "") => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), Invariant($"{name} must be at least {least}, but got {value}."));
}
