using System.ComponentModel;

using static System.FormattableString;

namespace NetGen.CompilerServices;

/// <summary>Checks how training passes and predictors are made and used.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PassChecks
{
    private const int MonteCarloBatch = 64;

    /// <summary>The arguments of a generated <c>BeginTraining</c> as options.</summary>
    /// <param name="batchSize">The largest number of samples in a batch.</param>
    /// <param name="seed">The seed of the dropout masks.</param>
    /// <param name="threads">How many threads at most share a batch.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is less than 1, or the number of threads negative.</exception>
    public static TrainingOptions Options(int batchSize, ulong seed, int threads)
    {
        if (batchSize < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(batchSize), batchSize, Invariant($"A batch has at least 1 sample, but got a batch size of {batchSize}."));
        }

        WorkerPool.CheckThreads(threads);
        return new TrainingOptions { BatchSize = batchSize, Seed = seed, Threads = threads };
    }

    /// <summary>The options of a pass for Monte Carlo dropout: a batch holds up to 64 copies of the sample.</summary>
    /// <param name="passes">The number of predictions.</param>
    /// <param name="seed">The seed of the dropout masks.</param>
    public static TrainingOptions MonteCarlo(int passes, ulong seed) => new() { BatchSize = MonteCarloSamples(passes), Seed = seed, Threads = 1 };

    /// <summary>How many of the predictions of a Monte Carlo prediction are computed together.</summary>
    /// <param name="passes">The number of predictions.</param>
    internal static int MonteCarloSamples(int passes) => Math.Min(passes, MonteCarloBatch);

    /// <summary>Checks that a batch has more than one value in every channel of a layer that normalises over it.</summary>
    /// <param name="network">The network's name, for the message.</param>
    /// <param name="layer">The layer that has one value a sample in each channel; null if there is none.</param>
    /// <param name="samples">The samples of the batch.</param>
    /// <exception cref="ArgumentException">There is one sample, and such a layer.</exception>
    internal static void SeveralValues(string network, string? layer, int samples)
    {
        if (layer is not null && samples == 1)
        {
            throw new ArgumentException(
                $"{network} is trained on batches of at least 2 samples, because the BatchNorm '{layer}' has one value a sample in each channel, but got a batch of 1.",
                "inputs");
        }
    }

    /// <summary>Checks that what training keeps of a batch fits into an array.</summary>
    /// <param name="network">The network's name, for the message.</param>
    /// <param name="batchSize">The largest number of samples in a batch.</param>
    /// <param name="sampleLength">The most floats that training keeps of one sample in one block of memory.</param>
    /// <param name="argument">The argument that holds the batch size.</param>
    /// <exception cref="ArgumentOutOfRangeException">An array cannot hold what training keeps of a batch.</exception>
    public static void BatchSize(string network, int batchSize, int sampleLength, string argument)
    {
        int most = (Array.MaxLength / sampleLength) - 1;
        if (batchSize > most)
        {
            throw new ArgumentOutOfRangeException(
                argument,
                Invariant($"{network} keeps {sampleLength} floats of every sample in training, so a batch has 1 to {most} samples, but got a batch size of {batchSize}."));
        }
    }

    /// <summary>The number of workers for which a predictor needs memory.</summary>
    /// <param name="maxBatch">The largest number of samples in a batch.</param>
    /// <param name="threads">How many threads were asked for; 0 for one on each processor.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch is less than 1, or the number of threads negative.</exception>
    public static int PredictorWorkers(int maxBatch, int threads)
    {
        if (maxBatch < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(maxBatch), maxBatch, Invariant($"A batch has at least 1 sample, but got a largest batch of {maxBatch}."));
        }

        return Math.Min(WorkerPool.ThreadCount(threads), maxBatch);
    }

    /// <summary>Makes a predictor.</summary>
    /// <param name="network">The network.</param>
    /// <param name="workspace">The memory, for as many workers as <see cref="PredictorWorkers"/> says.</param>
    /// <param name="maxBatch">The largest number of samples in a batch.</param>
    /// <param name="threads">How many threads were asked for; 0 for as many as are worth it.</param>
    public static Predictor CreatePredictor(INetwork network, IPredictionWorkspace workspace, int maxBatch, int threads) =>
        new(network, workspace, maxBatch, threads);

    /// <summary>Checks that there was a forward computation since the last backward one.</summary>
    /// <param name="network">The network's name, for the message.</param>
    /// <param name="samples">The samples of the last forward computation; 0 if there was none.</param>
    /// <param name="awaitsBackward">Whether backward has not yet been called for it.</param>
    /// <exception cref="InvalidOperationException">There was no forward computation, or backward was called for it before.</exception>
    public static void AwaitsBackward(string network, int samples, bool awaitsBackward)
    {
        if (samples == 0)
            throw new InvalidOperationException($"Backward of {network} was called before Forward: there is no loss to differentiate.");
        if (!awaitsBackward)
        {
            throw new InvalidOperationException(
                $"Backward of {network} was called twice after one Forward. Gradients do not add up over calls; each Forward is followed by at most one Backward.");
        }
    }

    /// <summary>Checks that the parameters are still those of the forward computation.</summary>
    /// <param name="network">The network's name, for the message.</param>
    /// <param name="forward">The version of the parameters in the forward computation.</param>
    /// <param name="now">Their version now.</param>
    /// <exception cref="InvalidOperationException">They were written since.</exception>
    public static void SameParameters(string network, long forward, long now)
    {
        if (forward != now)
        {
            throw new InvalidOperationException(
                $"The parameters of {network} were written after Forward, so its gradients can no longer be computed: call Forward again, or take the gradients before the optimizer's step.");
        }
    }

    /// <summary>Checks that the gradients of the last backward computation still exist.</summary>
    /// <param name="network">The network's name, for the message.</param>
    /// <param name="exist">Whether they do.</param>
    /// <exception cref="InvalidOperationException">They do not.</exception>
    internal static void GradientsExist(string network, bool exist)
    {
        if (!exist)
        {
            throw new InvalidOperationException(
                $"The gradients of {network} no longer exist: the optimizer's step used them without storing them, and Forward was called since. Call Backward first, or read Gradients before the step.");
        }
    }

    /// <summary>Checks that gradients with respect to the inputs can be computed, and that they fit into their destination.</summary>
    /// <param name="network">The network's name, for the message.</param>
    /// <param name="samples">The samples of the last forward computation; 0 if there was none.</param>
    /// <param name="inputLength">Floats of one sample.</param>
    /// <param name="destination">Where the gradients go.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    /// <exception cref="InvalidOperationException">There was no forward computation.</exception>
    public static void InputGradients(string network, int samples, int inputLength, ReadOnlySpan<float> destination)
    {
        if (samples == 0)
            throw new InvalidOperationException($"InputGradients of {network} was called before Forward: there is no loss to differentiate.");
        if (destination.Length != (long)samples * inputLength)
        {
            throw new ArgumentException(
                Invariant($"The last batch of {network} had {(long)samples * inputLength} input values, so the destination needs as many, but has {destination.Length}."),
                nameof(destination));
        }
    }
}
