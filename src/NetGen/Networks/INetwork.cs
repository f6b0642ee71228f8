using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// What the generator implements for every class with <c>[Network]</c>: the surface that training, evaluation and file
/// formats are written against, without reflection.
/// </summary>
/// <typeparam name="TSelf">The network's own class.</typeparam>
public interface INetwork<TSelf>
    where TSelf : class, INetwork<TSelf>
{
    /// <summary>Number of floats in one input sample, channels last.</summary>
    [NetworkMember(NetworkMemberRole.InputLength)]
    static abstract int InputLength { get; }

    /// <summary>Number of floats the network gives for one sample.</summary>
    [NetworkMember(NetworkMemberRole.OutputLength)]
    static abstract int OutputLength { get; }

    /// <summary>The loss that <see cref="ITrainingPass.Forward(ReadOnlySpan{float}, ReadOnlySpan{int})"/> returns.</summary>
    static abstract Loss Loss { get; }

    /// <summary>The layers with their shapes and costs; its text is the summary table.</summary>
    static abstract NetworkSummary Summary { get; }

    /// <summary>Where every weight and bias lies within <see cref="Parameters"/>, and what it is called.</summary>
    static abstract ParameterTable ParameterTable { get; }

    /// <summary>Makes a network with freshly initialised parameters; equal seeds give equal parameters.</summary>
    /// <param name="seed">The seed of the initial weights.</param>
    static abstract TSelf Create(ulong seed);

    /// <summary>
    /// Every parameter of the network in one block, in the order the kernels read them; see
    /// <see cref="WeightLayout"/>. Writing to it while another thread predicts is a race.
    /// </summary>
    Span<float> Parameters { get; }

    /// <summary>
    /// Computes the outputs of one sample or of a batch. Dropout has no part in it; one network may be used by any number
    /// of threads at once.
    /// </summary>
    /// <param name="input">One sample after the other, a multiple of <see cref="InputLength"/> floats.</param>
    /// <param name="output">As many samples of <see cref="OutputLength"/> floats.</param>
    /// <exception cref="ArgumentException">A length does not fit; the message says what was expected.</exception>
    [NetworkMember(NetworkMemberRole.Predict)]
    void Predict(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>
    /// Computes the outputs of one sample or of a batch with a given number of threads. A network that cannot share the
    /// work does it on the caller's.
    /// </summary>
    /// <param name="input">One sample after the other, a multiple of <see cref="InputLength"/> floats.</param>
    /// <param name="output">As many samples of <see cref="OutputLength"/> floats.</param>
    /// <param name="threads">How many threads at most share the batch; 0 is one for each processor. The outputs do not
    /// depend on it.</param>
    /// <exception cref="ArgumentException">A length does not fit; the message says what was expected.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
    [NetworkMember(NetworkMemberRole.Predict)]
    void Predict(ReadOnlySpan<float> input, Span<float> output, int threads) => Predict(input, output);

    /// <summary>
    /// Allocates everything that training steps on batches of up to <paramref name="batchSize"/> samples need; the steps
    /// themselves allocate nothing.
    /// </summary>
    /// <param name="batchSize">The largest batch, in samples; at least 1.</param>
    /// <param name="seed">The seed of the dropout masks.</param>
    /// <param name="threads">How many threads share a step; 0 is one for each processor. The results are bitwise the same
    /// for every number.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1, or
    /// <paramref name="threads"/> is negative.</exception>
    [NetworkMember(NetworkMemberRole.BeginTraining)]
    ITrainingPass BeginTraining(int batchSize, ulong seed, int threads);
}
