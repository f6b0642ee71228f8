using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>
/// The part of prediction that is the same for every network. It owns the memory of the workers, and shares work among threads: the chunks of
/// a batch, or the parts of the large layers where there are few samples. One thread at a time may use it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class InferenceRunner : IParallelWork, IPredictionWorkspace
{
    // The kinds of work items: the chunks of a batch are of kind 0, the parts of shared layer i are of kind i + 1.
    private const int ChunkKind = 0;

    private readonly InferencePlan _plan;
    private readonly LossFunction _loss;
    private AlignedBuffer[] _memory = [];
    private AlignedBuffer[] _workspaces = [];

    // The parameters of the network for which a predictor uses this runner; null if each call brings its own.
    private ParameterMemory? _ownParameters;

    // What follows is set for a call of Run.
    private ParameterMemory? _parameters;
    private PreparedParameters.Block? _prepared;
    private int _samples;
    private int _chunks;
    private int _threads;
    private bool _givesLogits;
    private bool _takesBytes;

    private bool _wakesThreads;

    /// <summary>Makes a runner; its memory is allocated when it first runs.</summary>
    /// <param name="plan">The sizes of the network.</param>
    protected InferenceRunner(InferencePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _plan = plan;
        _loss = plan.Head;
        SampleOutputs = new float[plan.OutputLength];
    }

    /// <summary>Memory for the outputs of one sample.</summary>
    public float[] SampleOutputs { get; }

    /// <summary>The parameters of the network that predicts.</summary>
    protected FloatRef Parameters => new(_parameters!);

    /// <summary>The values that <see cref="Prepare"/> has computed from the current version of the parameters.</summary>
    protected FloatRef PreparedValues => new(_prepared!.Values);

    /// <summary>Whether threads share the large layers, because there are few samples.</summary>
    protected bool SharesLayers => _threads > 1;

    /// <summary>Where threads share layers: the number of samples.</summary>
    protected int SharedSamples => _samples;

    /// <summary>Makes a predictor that uses this runner, and allocates all memory that it needs.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="maxBatch">The largest number of samples in a batch.</param>
    /// <param name="threads">How many threads at most share the work; 0 for one if the batch is small, otherwise one for each processor.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxBatch"/> is less than 1, or <paramref name="threads"/> negative.</exception>
    public Predictor CreatePredictor(INetwork network, ParameterMemory parameters, int maxBatch, int threads)
    {
        Grow(PassChecks.PredictorWorkers(maxBatch, threads));
        GrowWorkspaces(WorkerPool.ThreadCount(threads));
        _ownParameters = parameters;
        return PassChecks.CreatePredictor(network, this, maxBatch, threads);
    }

    // 0 threads: one for a small batch, otherwise one for each processor.
    void IPredictionWorkspace.Run(int samples, ReadOnlySpan<float> input, Span<float> output, int threads) =>
        Run(_ownParameters!, samples, input, output, threads == 0 && samples < _plan.ParallelSamples ? 1 : threads);

    void IPredictionWorkspace.Run(int samples, ReadOnlySpan<byte> input, Span<float> output, int threads) =>
        Run(_ownParameters!, samples, input, output, threads == 0 && samples < _plan.ParallelSamples ? 1 : threads);

    /// <summary>Computes the outputs of a batch of bytes, of a network that copies its input with <see cref="CopyInput"/>.</summary>
    /// <inheritdoc cref="Run(ParameterMemory, int, ReadOnlySpan{float}, Span{float}, int, bool)"/>
    public void Run(ParameterMemory parameters, int samples, ReadOnlySpan<byte> input, Span<float> output, int threads)
    {
        _takesBytes = true;
        try
        {
            Run(parameters, samples, ByteSpan.Wrap(input), output, threads);
        }
        finally
        {
            _takesBytes = false;
        }
    }

    /// <summary>Computes the outputs of a batch, chunk by chunk. The caller has checked the lengths.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <param name="input">The samples.</param>
    /// <param name="output">Where the outputs go.</param>
    /// <param name="threads">How many threads at most share the work; 0 for one on each processor.</param>
    /// <param name="givesLogits">Whether the values before the head (before Softmax: the logits) are wanted instead of the outputs.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
    public void Run(ParameterMemory parameters, int samples, ReadOnlySpan<float> input, Span<float> output, int threads, bool givesLogits = false)
    {
        int allowed = threads == 1 ? 1 : WorkerPool.ThreadCount(threads);
        bool sharesLayers = _plan.SharesLayers && (samples == 1 || SharesFew(samples, allowed));
        int workers = sharesLayers ? 1 : Math.Min(allowed, samples);
        if (_memory.Length < workers)
            Grow(workers);
        GrowWorkspaces(allowed);

        // Every worker has equally many chunks, whose sizes differ by at most one.
        int rounds = (int)((samples + ((long)workers * _plan.Chunk) - 1) / ((long)workers * _plan.Chunk));
        _chunks = Math.Min(rounds * workers, samples);
        _samples = samples;
        _parameters = parameters;
        _threads = sharesLayers ? allowed : 1;
        _wakesThreads = sharesLayers && (_plan.WakesThreads || samples > 1 || WorkerPool.WasInUse);
        _givesLogits = givesLogits;
        try
        {
            if (_plan.PreparedLength > 0)
                TakePrepared(parameters);
            if (_chunks == 1)
                RunChunk(_memory[0], samples, input, output);
            else
                WorkerPool.Run(this, ChunkKind, _chunks, workers, input, output);
        }
        finally
        {
            _parameters = null;
            _prepared?.EndReading();
            _prepared = null;
        }
    }

    void IParallelWork.Execute(int kind, int index, int worker, ReadOnlySpan<float> input, Span<float> output)
    {
        if (kind != ChunkKind)
        {
            // A part of a layer of the few samples, whose memory is the caller's: that of worker 0.
            PredictPart(kind - 1, index, worker, _memory[0], input);
            return;
        }

        int first = (int)((long)index * _samples / _chunks);
        int samples = (int)((long)(index + 1) * _samples / _chunks) - first;
        RunChunk(
            _memory[worker],
            samples,
            _takesBytes
                ? ByteSpan.Slice(input, first * _plan.InputLength, samples * _plan.InputLength)
                : input.Slice(first * _plan.InputLength, samples * _plan.InputLength),
            output.Slice(first * _plan.OutputLength, samples * _plan.OutputLength));
    }

    /// <summary>
    /// Computes the values before the head of up to <see cref="InferencePlan.Chunk"/> samples and leaves them in the worker's memory. Called
    /// unless <see cref="InferencePlan.WritesOutputs"/>.
    /// </summary>
    /// <param name="memory">A worker's memory: a row for each sample of the chunk, then the memory of values that exist for one sample at a time.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="input">The samples.</param>
    protected virtual void PredictChunk(AlignedBuffer memory, int samples, ReadOnlySpan<float> input) =>
        throw new InvalidOperationException("PredictChunk was called, but this network has PredictOutputs.");

    /// <summary>
    /// Computes the values before the head of up to <see cref="InferencePlan.Chunk"/> samples and writes them to <paramref name="output"/>.
    /// Called if <see cref="InferencePlan.WritesOutputs"/>.
    /// </summary>
    /// <param name="memory">A worker's memory, as in <see cref="PredictChunk"/>.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="input">The samples.</param>
    /// <param name="output">Where the values go, sample after sample.</param>
    protected virtual void PredictOutputs(AlignedBuffer memory, int samples, ReadOnlySpan<float> input, Span<float> output) =>
        throw new InvalidOperationException("PredictOutputs was called, but this network has PredictChunk.");

    /// <summary>Computes <see cref="PreparedValues"/> from the parameters.</summary>
    protected virtual void Prepare() => throw new InvalidOperationException("There is nothing to prepare.");

    /// <summary>For a call with few samples: computes a part of a layer.</summary>
    /// <param name="layer">The number of the layer among those that threads share, from 0.</param>
    /// <param name="part">The number of the part, from 0.</param>
    /// <param name="memory">The memory of the samples, as in <see cref="PredictChunk"/>.</param>
    /// <param name="input">The samples.</param>
    protected virtual void PredictPart(int layer, int part, AlignedBuffer memory, ReadOnlySpan<float> input) =>
        throw new InvalidOperationException("This network has no layers that threads share.");

    /// <summary>For a call with few samples: computes a part of a layer. Overridden by networks with <see cref="InferencePlan.SharedWorkspaceLength"/>.</summary>
    /// <param name="layer">The number of the layer among those that threads share, from 0.</param>
    /// <param name="part">The number of the part, from 0.</param>
    /// <param name="worker">The number of the thread, from 0.</param>
    /// <param name="memory">The memory of the samples, as in <see cref="PredictChunk"/>.</param>
    /// <param name="input">The samples.</param>
    protected virtual void PredictPart(int layer, int part, int worker, AlignedBuffer memory, ReadOnlySpan<float> input) => PredictPart(layer, part, memory, input);

    /// <summary>The memory of a thread that computes parts of layers.</summary>
    /// <param name="worker">The number of the thread, from 0.</param>
    protected FloatRef WorkspaceOf(int worker) => new(_workspaces[worker]);

    /// <summary>Copies a sample of floats or of bytes, whichever the caller gave, into the memory of the first operation.</summary>
    /// <param name="input">The samples of the chunk.</param>
    /// <param name="sample">Which sample.</param>
    /// <param name="target">Where its first value goes.</param>
    /// <param name="lines">The number of lines, which are contiguous in the sample.</param>
    /// <param name="stride">Floats from a line to the next one in the target, where a halo may be between them.</param>
    /// <param name="scale">The factor of each value.</param>
    /// <param name="offset">What is added to each product.</param>
    protected void CopyInput(
        ReadOnlySpan<float> input, nint sample, FloatRef target, int lines = 1, int stride = 0, float scale = 1, float offset = 0) =>
        SampleCopy.Run(input, _takesBytes, sample, _plan.InputLength, target, lines, stride, scale, offset);

    /// <summary>For a call with few samples: shares the parts of a layer among threads.</summary>
    /// <param name="layer">The number of the layer among those that threads share, from 0.</param>
    /// <param name="parts">How many parts it has.</param>
    /// <param name="input">The samples.</param>
    protected void ShareLayer(int layer, int parts, ReadOnlySpan<float> input) => WorkerPool.Share(this, layer + 1, parts, _threads, _wakesThreads, input, default);

    /// <summary>Whether threads share the layers of several samples. The thread with the most parts decides how many of them count.</summary>
    private bool SharesFew(int samples, int threads)
    {
        int rounds = (_plan.SharedParts + threads - 1) / threads;
        return samples <= _plan.Chunk && samples < _plan.SharedSamples * (_plan.SharedParts / rounds);
    }

    private void RunChunk(AlignedBuffer memory, int samples, ReadOnlySpan<float> input, Span<float> output)
    {
        if (_plan.WritesOutputs)
        {
            PredictOutputs(memory, samples, input, output);
            if (!_givesLogits)
                _loss.ApplyHead(_plan.OutputLength, output);
            return;
        }

        PredictChunk(memory, samples, input);
        ref float values = ref memory.At(_plan.Output);
        if (_givesLogits)
            Rows.Gather(ref values, _plan.RowLength, _plan.OutputLength, output);
        else
            _loss.Outputs(ref values, _plan.RowLength, _plan.OutputLength, output);
    }

    private void TakePrepared(ParameterMemory parameters)
    {
        // The version is read before the parameters: if a write follows, the values count as stale.
        long version = parameters.Version;
        _prepared = parameters.Prepared.Take(version, _plan.PreparedLength, out bool isFilled);
        if (isFilled)
            return;
        Prepare();
        parameters.Prepared.Publish(_prepared, version);
    }

    private void Grow(int workers)
    {
        AlignedBuffer[] memory = new AlignedBuffer[workers];
        _memory.CopyTo(memory, 0);
        for (int i = _memory.Length; i < workers; i++)
            memory[i] = new AlignedBuffer(_plan.ThreadLength);
        _memory = memory;
    }

    // With one thread, a sample goes through the layers whole, in the memory of the sample. With more, the workspaces are allocated also if the first calls do not share
    // layers, so that no later call allocates.
    private void GrowWorkspaces(int threads)
    {
        int workers = threads > 1 ? Math.Min(threads, _plan.SharedWorkspaces) : 0;
        if (_workspaces.Length >= workers)
            return;
        AlignedBuffer[] workspaces = new AlignedBuffer[workers];
        _workspaces.CopyTo(workspaces, 0);
        for (int i = _workspaces.Length; i < workers; i++)
            workspaces[i] = new AlignedBuffer(_plan.SharedWorkspaceLength);
        _workspaces = workspaces;
    }
}
