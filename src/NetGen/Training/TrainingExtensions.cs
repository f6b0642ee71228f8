using NetGen.CompilerServices;

namespace NetGen;

/// <summary>Training and evaluation of every network that the generator makes.</summary>
public static class TrainingExtensions
{
    internal const int EvaluationBatchSize = 256;

    /// <summary>
    /// Trains the network in place. With the same data, options, initial parameters and a new optimizer the result is the
    /// same bit for bit, whatever the number of threads.
    /// </summary>
    /// <param name="network">The network; its parameters are changed.</param>
    /// <param name="train">
    /// Samples with labels for a classifier (or the wanted class probabilities as targets), with targets otherwise.
    /// </param>
    /// <param name="options">How to train; <see langword="null"/> for one epoch with the defaults.</param>
    /// <returns>Loss and accuracy of each epoch, and warnings of what looks like a mistake.</returns>
    /// <exception cref="ArgumentException">
    /// The training or validation set is empty or does not suit the network, or targets of a classifier are no probabilities.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// Another call of this method is training the network, the optimizer has done steps on another network, or all layers are frozen.
    /// </exception>
    /// <exception cref="WeightFileException">
    /// The checkpoint to resume from is damaged or belongs to another training; all differences are listed, and nothing was changed.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// A source gave a label, a weight or targets that are out of range, or a callback cannot use what the checkpoint has of it,
    /// or the checkpoint lies within an epoch and has not counted the dead units that the network tracks. In the latter two cases nothing was changed.
    /// </exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or not a number.</exception>
    /// <exception cref="TrainingCanceledException">
    /// <see cref="FitOptions.CancellationToken"/> was cancelled; the exception has the history so far.
    /// </exception>
    [NetworkMember(NetworkMemberRole.Update)]
    public static TrainingHistory Fit(this INetwork network, ISampleSource train, FitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(train);
        return Train(network, train, options ?? new FitOptions(), CancellationToken.None);
    }

    /// <summary>
    /// Trains the network in place, on a thread of its own, as <see cref="Fit"/> does. Callbacks and progress run on that thread.
    /// </summary>
    /// <param name="network">The network; its parameters are changed. Until the task is complete, only the training may use it.</param>
    /// <param name="train">The samples.</param>
    /// <param name="options">How to train; <see langword="null"/> for one epoch with the defaults.</param>
    /// <param name="cancellationToken">Stops training between two steps, as that of the options does; the task is then cancelled.</param>
    /// <returns>Loss and accuracy of each epoch. The task fails with the exceptions that <see cref="Fit"/> throws.</returns>
    [NetworkMember(NetworkMemberRole.Update)]
    public static Task<TrainingHistory> FitAsync(
        this INetwork network, ISampleSource train, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(train);
        return Task.Factory.StartNew(
            () => Train(network, train, options ?? new FitOptions(), cancellationToken),
            cancellationToken,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default);
    }

    private static TrainingHistory Train(INetwork network, ISampleSource train, FitOptions options, CancellationToken cancellationToken)
    {
        SourceCheck.Require(train, network.Summary, nameof(train));
        if (options.Validation is { } validation)
            SourceCheck.Require(validation, network.Summary, nameof(options), "FitOptions.Validation: ");
        SourceCheck.RequireOwnOrder(train, options);
        SourceCheck.RequireClassWeights(options, network.Summary);
        RequireTrainedParameters(network);
        using FitLock held = FitLock.Take(network);
        if (!cancellationToken.CanBeCanceled)
            return new Trainer(network, train, options, options.CancellationToken).Run();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken, cancellationToken);
        try
        {
            return new Trainer(network, train, options, either.Token).Run();
        }
        catch (TrainingCanceledException error)
        {
            // A task only counts as cancelled if the exception has its token.
            CancellationToken cause = cancellationToken.IsCancellationRequested ? cancellationToken : options.CancellationToken;
            throw new TrainingCanceledException(error.Epoch, error.CompletedSteps, error.History, cause);
        }
    }

    /// <summary>Predicts all samples of a source, without dropout.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The samples; labels and targets are not used.</param>
    /// <param name="batchSize">Samples that are predicted together, at least 1; the result does not depend on it.</param>
    /// <param name="threads">
    /// Threads that share the work; 0 is one for each processor, and there are never more than that. The result does not depend on it.
    /// </param>
    /// <returns>The outputs, sample after sample: <see cref="NetworkSummary.OutputLength"/> values each.</returns>
    /// <exception cref="ArgumentException">The samples have another length than the network's input.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1, or <paramref name="threads"/> is negative.</exception>
    [NetworkMember(NetworkMemberRole.Predict)]
    public static float[] Predict(this INetwork network, ISampleSource data, int batchSize = EvaluationBatchSize, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        CheckBatch(batchSize, threads);
        SourceCheck.RequireInputs(data, network.Summary, nameof(data));
        return Evaluator.Predict(network, data, batchSize, threads);
    }

    /// <summary>Evaluates the network on a data set: predicts its samples, without dropout, and compares.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">
    /// Samples with labels for a classifier (or class probabilities as targets), with targets otherwise.
    /// </param>
    /// <param name="batchSize">Samples that are predicted together, at least 1; the result does not depend on it.</param>
    /// <param name="threads">
    /// Threads that share the work; 0 is one for each processor, and there are never more than that. The result does not depend on it.
    /// </param>
    /// <param name="metrics">Values to compute besides loss and accuracy; each needs a name of its own.</param>
    /// <returns>
    /// The mean loss, computed as in training but without dropout, and for a classifier accuracy and confusion matrix.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The data set is empty or does not suit the network, or targets of a classifier are no probabilities.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="batchSize"/> is below 1, or <paramref name="threads"/> is negative.
    /// </exception>
    public static EvaluationResult Evaluate(
        this INetwork network, ISampleSource data, int batchSize = EvaluationBatchSize, int threads = 0, IReadOnlyList<Metric>? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        CheckBatch(batchSize, threads);
        metrics = SourceCheck.Metrics(metrics ?? [], nameof(metrics));
        SourceCheck.Require(data, network.Summary, nameof(data));
        return new Evaluator(network, data, batchSize, threads, metrics).Run();
    }

    private static void RequireTrainedParameters(INetwork network)
    {
        if (network.ParameterTable is { TrainedCount: 0, Count: > 0 })
        {
            throw new InvalidOperationException(
                $"{network.Summary.Name} has no parameters that training changes: those of its layers are frozen (Trainable = false) or statistics that Adapt sets.");
        }
    }

    private static void CheckBatch(int batchSize, int threads)
    {
        BatchChecks.AtLeast("batch size", batchSize, 1, nameof(batchSize));
        WorkerPool.CheckThreads(threads);
    }
}
