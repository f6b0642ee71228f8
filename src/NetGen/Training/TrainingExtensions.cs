using NetGen.CompilerServices;
using static System.FormattableString;

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
    /// Another call of this method is training the network, or the optimizer has done steps on another network.
    /// </exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or not a number.</exception>
    /// <exception cref="TrainingCanceledException">
    /// <see cref="FitOptions.CancellationToken"/> was cancelled; the exception has the history so far.
    /// </exception>
    [NetworkMember(NetworkMemberRole.Update)]
    public static TrainingHistory Fit(this INetwork network, Dataset train, FitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(train);
        options ??= new FitOptions();
        DatasetCheck.Require(train, network.Summary, nameof(train));
        if (options.Validation is { } validation)
            DatasetCheck.Require(validation, network.Summary, nameof(options), "FitOptions.Validation: ");
        using (FitLock.Take(network))
            return new Trainer(network, train, options).Run();
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
        this INetwork network, Dataset data, int batchSize = EvaluationBatchSize, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        if (batchSize < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(batchSize), Invariant($"The batch size must be at least 1, but got {batchSize}."));
        }
        if (threads < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(threads), Invariant($"The number of threads must be at least 0, but got {threads}."));
        }
        DatasetCheck.Require(data, network.Summary, nameof(data));
        return new Evaluator(network, data, batchSize, threads).Run();
    }
}
