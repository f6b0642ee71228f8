using System.Runtime.CompilerServices;
using NetGen.CompilerServices;

using static System.FormattableString;

namespace NetGen;

/// <summary>
/// Predicts with memory of its own, all of it allocated when the predictor is made. A service that holds a fixed number
/// of predictors does not need memory for every thread that ever called
/// <see cref="INetwork.Predict(ReadOnlySpan{float}, Span{float})"/>. The outputs are the same to the bit.
/// </summary>
/// <remarks>
/// It reads the network's parameters as they are at each call. One thread at a time may use a predictor; a network may
/// have any number of them.
/// </remarks>
public sealed class Predictor
{
    private readonly IPredictionWorkspace _workspace;
    private readonly int _askedThreads;
    private readonly float[] _outputs;
    private int _inUse;

    internal Predictor(INetwork network, IPredictionWorkspace workspace, int maxBatch, int threads)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(workspace);
        Network = network;
        MaxBatch = maxBatch;
        Threads = WorkerPool.Start(threads);
        _askedThreads = threads;
        _workspace = workspace;
        _outputs = new float[network.Summary.OutputLength];
    }

    /// <summary>The network that predicts.</summary>
    public INetwork Network { get; }

    /// <summary>The largest batch, in samples.</summary>
    public int MaxBatch { get; }

    /// <summary>How many threads at most share a batch.</summary>
    public int Threads { get; }

    /// <summary>Computes the outputs of one sample or of a batch, without dropout; allocates nothing.</summary>
    /// <param name="input">One sample after the other, at most <see cref="MaxBatch"/> of them.</param>
    /// <param name="output">Receives the outputs, one sample after the other.</param>
    /// <exception cref="ArgumentException">A length does not fit; the message says what was expected.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using this predictor.</exception>
    [NetworkMember(NetworkMemberRole.Predict)]
    [OverloadResolutionPriority(1)]
    public void Predict(ReadOnlySpan<float> input, Span<float> output)
    {
        NetworkSummary summary = Network.Summary;
        int samples = BatchChecks.Samples(summary.Name, input, summary.InputLength, output, summary.OutputLength);
        CheckBatch(summary, samples);
        Enter(summary);
        try
        {
            _workspace.Run(samples, input, output, _askedThreads);
        }
        finally
        {
            Volatile.Write(ref _inUse, 0);
        }
    }

    /// <summary>Computes the outputs of one sample or of a batch of bytes, without dropout; allocates nothing.</summary>
    /// <param name="input">One sample after the other, at most <see cref="MaxBatch"/> of them.</param>
    /// <param name="output">Receives the outputs, one sample after the other.</param>
    /// <exception cref="ArgumentException">A length does not fit; the message says what was expected.</exception>
    /// <exception cref="InvalidOperationException">The network takes floats only, or another thread is using this predictor.</exception>
    [NetworkMember(NetworkMemberRole.Predict)]
    public void Predict(ReadOnlySpan<byte> input, Span<float> output)
    {
        NetworkSummary summary = Network.Summary;
        CheckTakesBytes(summary);
        int samples = BatchChecks.Samples(summary.Name, input, summary.InputLength, output, summary.OutputLength);
        CheckBatch(summary, samples);
        Enter(summary);
        try
        {
            _workspace.Run(samples, input, output, _askedThreads);
        }
        finally
        {
            Volatile.Write(ref _inUse, 0);
        }
    }

    /// <summary>The most probable class of one sample.</summary>
    /// <param name="input">One sample.</param>
    /// <exception cref="ArgumentException">The input is not one sample.</exception>
    /// <exception cref="InvalidOperationException">
    /// The network is no classifier, the outputs are not numbers, or another thread is using this predictor.
    /// </exception>
    [OverloadResolutionPriority(1)]
    public int Classify(ReadOnlySpan<float> input)
    {
        NetworkSummary summary = Network.Summary;
        CheckClassifies(summary);
        BatchChecks.OneSample(summary.Name, input, summary.InputLength);
        Enter(summary);
        try
        {
            _workspace.Run(1, input, _outputs, _askedThreads);
            return Heads.ArgMax(_outputs);
        }
        finally
        {
            Volatile.Write(ref _inUse, 0);
        }
    }

    /// <summary>The most probable class of one sample of bytes.</summary>
    /// <param name="input">One sample.</param>
    /// <exception cref="ArgumentException">The input is not one sample.</exception>
    /// <exception cref="InvalidOperationException">
    /// The network is no classifier or takes floats only, the outputs are not numbers, or another thread is using this predictor.
    /// </exception>
    public int Classify(ReadOnlySpan<byte> input)
    {
        NetworkSummary summary = Network.Summary;
        CheckClassifies(summary);
        CheckTakesBytes(summary);
        BatchChecks.OneSample(summary.Name, input, summary.InputLength);
        Enter(summary);
        try
        {
            _workspace.Run(1, input, _outputs, _askedThreads);
            return Heads.ArgMax(_outputs);
        }
        finally
        {
            Volatile.Write(ref _inUse, 0);
        }
    }

    private static void CheckClassifies(NetworkSummary summary)
    {
        if (summary.Loss != Loss.CrossEntropy)
            throw new InvalidOperationException($"{summary.Name} does not end in Softmax, so it has no classes; call Predict.");
    }

    private static void CheckTakesBytes(NetworkSummary summary)
    {
        if (summary.InputType != InputType.UInt8)
            throw new InvalidOperationException($"{summary.Name} takes floats, but got bytes; declare its input with Type = InputType.UInt8, or convert them.");
    }

    private void CheckBatch(NetworkSummary summary, int samples)
    {
        if (samples > MaxBatch)
        {
            throw new ArgumentException(
                Invariant($"This predictor of {summary.Name} was made for batches of at most {MaxBatch} samples, but got {samples}."), "input");
        }
    }

    private void Enter(NetworkSummary summary)
    {
        if (Interlocked.Exchange(ref _inUse, 1) != 0)
        {
            throw new InvalidOperationException(
                $"Another thread is using this predictor of {summary.Name}. Give each thread one of its own, or call Predict of the network, which threads may share.");
        }
    }
}
