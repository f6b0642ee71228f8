using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// The members that the generator implements for every class with <c>[Network]</c>. Callbacks, services and containers that work
/// with any network take this interface.
/// </summary>
/// <remarks>
/// Threads may predict at the same time. Writing parameters meanwhile (an edit, an optimizer's step) is a data race.
/// </remarks>
public interface INetwork
{
    /// <summary>The layers with their shapes and costs, the lengths of input and output, and the loss; its text is a table.</summary>
    NetworkSummary Summary { get; }

    /// <summary>The name of every weight, bias and statistic, and its offset within <see cref="Parameters"/>.</summary>
    ParameterTable ParameterTable { get; }

    /// <summary>
    /// Every parameter in one block: the trained ones first, then frozen ones, then statistics, each in the order the kernels
    /// read it; see <see cref="WeightLayout"/>. To write them, use <see cref="EditParameters"/> or the views of the network's class.
    /// </summary>
    ReadOnlySpan<float> Parameters { get; }

    /// <summary>
    /// Every write to the parameters increments it: the end of an edit, a write through a view, an optimizer's step. Outside
    /// of an edit, equal versions of one network mean equal parameters.
    /// </summary>
    long ParameterVersion { get; }

    /// <summary>Begins an edit of the parameters, which ends when the result is disposed.</summary>
    ParameterEdit EditParameters();

    /// <summary>
    /// Computes the outputs of one sample or of a batch, without dropout. Any number of threads may call it at the same
    /// time.
    /// </summary>
    /// <param name="input">One sample after the other, each of <see cref="NetworkSummary.InputLength"/> floats.</param>
    /// <param name="output">As many samples of <see cref="NetworkSummary.OutputLength"/> floats.</param>
    /// <exception cref="ArgumentException">A length does not fit; the message says what was expected.</exception>
    [NetworkMember(NetworkMemberRole.Predict)]
    void Predict(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Computes the outputs of one sample or of a batch with a given number of threads.</summary>
    /// <param name="input">One sample after the other, each of <see cref="NetworkSummary.InputLength"/> floats.</param>
    /// <param name="output">As many samples of <see cref="NetworkSummary.OutputLength"/> floats.</param>
    /// <param name="threads">
    /// How many threads at most share the batch; 0 is one for each processor, and there are never more than that. The
    /// outputs do not depend on it.
    /// </param>
    /// <exception cref="ArgumentException">A length does not fit; the message says what was expected.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
    [NetworkMember(NetworkMemberRole.Predict)]
    void Predict(ReadOnlySpan<float> input, Span<float> output, int threads);

    /// <summary>Makes a predictor that owns its memory; the network's own <c>Predict</c> keeps memory for each thread.</summary>
    /// <param name="maxBatch">The largest batch, in samples; at least 1.</param>
    /// <param name="threads">
    /// How many threads at most share a batch; 0 is one for each processor, and there are never more than that.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="maxBatch"/> is below 1, or <paramref name="threads"/> is negative.
    /// </exception>
    Predictor CreatePredictor(int maxBatch, int threads = 0);

    /// <summary>
    /// Allocates everything that training steps on batches of up to <paramref name="batchSize"/> samples need; the steps
    /// themselves allocate nothing.
    /// </summary>
    /// <param name="batchSize">The largest batch, in samples; at least 1.</param>
    /// <param name="seed">The seed of the dropout masks.</param>
    /// <param name="threads">
    /// How many threads share a step; 0 is one for each processor, and there are never more than that. The results are
    /// bitwise the same for every number.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="batchSize"/> is below 1 or too large, or <paramref name="threads"/> is negative.
    /// </exception>
    [NetworkMember(NetworkMemberRole.BeginTraining)]
    ITrainingPass BeginTraining(int batchSize, ulong seed = 0, int threads = 0);

    /// <summary>Allocates everything that training steps need; the steps themselves allocate nothing.</summary>
    /// <param name="options">Batch size, seed, threads, and the step to begin at.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is too large for an array.</exception>
    [NetworkMember(NetworkMemberRole.BeginTraining)]
    ITrainingPass BeginTraining(TrainingOptions options);

    /// <summary>
    /// Writes the parameters as a safetensors file with PyTorch's names and layouts. An older file is replaced only when the
    /// new one is complete.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing the file is not allowed, or it is a directory.</exception>
    void Save(string path);

    /// <summary>Writes the parameters to a stream, as a safetensors file with PyTorch's names and layouts.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    void Save(Stream stream);
}
