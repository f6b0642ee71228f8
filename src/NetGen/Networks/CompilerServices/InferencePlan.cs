using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>The sizes of a network's predictions; lengths and offsets are in floats.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class InferencePlan
{
    /// <summary>The loss; its head computes the outputs.</summary>
    public required Loss Loss { get; init; }

    /// <summary>The settings of the loss.</summary>
    public LossSettings LossSettings { get; init; } = LossSettings.Default;

    /// <summary>In which form input samples come.</summary>
    public InputType InputType { get; init; }

    /// <summary>Values of an input sample.</summary>
    public required int InputLength { get; init; }

    /// <summary>Values of an output sample.</summary>
    public required int OutputLength { get; init; }

    /// <summary>The largest number of samples that go through the layers together.</summary>
    public required int Chunk { get; init; }

    /// <summary>Not used: generated code of earlier versions sets it.</summary>
    public int ChunkStep { get; init; }

    /// <summary>The least number of samples of a batch that threads share when the caller did not say how many threads.</summary>
    public required long ParallelSamples { get; init; }

    /// <summary>The length of a row: the memory of one sample of a chunk.</summary>
    public required int RowLength { get; init; }

    /// <summary>The length of the memory for values that exist for one sample at a time.</summary>
    public int SampleLength { get; init; }

    /// <summary>The offset, in a row, of the values before the head (before Softmax: the logits). Unused where <see cref="WritesOutputs"/>.</summary>
    public int Output { get; init; }

    /// <summary>Whether the last kernel writes the values before the head to the memory of the outputs, where the head changes them in place.</summary>
    public bool WritesOutputs { get; init; }

    /// <summary>The length of the values that are computed from the parameters once for each version of them.</summary>
    public int PreparedLength { get; init; }

    /// <summary>Whether the network has layers that threads share where there are few samples.</summary>
    public bool SharesLayers { get; init; }

    /// <summary>
    /// Whether threads that sleep are woken for one sample in any case. They are not if it takes hardly longer than waking them; then they are woken only if calls follow each other
    /// closely.
    /// </summary>
    public bool WakesThreads { get; init; } = true;

    /// <summary>The length of the memory that a thread needs for itself while it computes parts of those layers.</summary>
    public int SharedWorkspaceLength { get; init; }

    /// <summary>How many threads at most need such memory: as many as the layers have parts.</summary>
    public int SharedWorkspaces { get; init; }

    /// <summary>With fewer samples for each thread than this, threads share layers instead of the samples; 0: only where there is a single sample.</summary>
    public int SharedSamples { get; init; }

    /// <summary>The least number of parts of those layers.</summary>
    public int SharedParts { get; init; } = 1;

    /// <summary>Whether the first layer that changes values scales them, so that the inputs may be large.</summary>
    public bool ScalesInput { get; init; }

    /// <summary>Makes outputs of the values before the head, in place.</summary>
    /// <param name="values">The values of some samples, one after the other.</param>
    public void ApplyHead(Span<float> values) => Head.ApplyHead(OutputLength, values);

    /// <summary>The loss with its head.</summary>
    internal LossFunction Head => field ??= LossFunction.Of(Loss, LossSettings);

    /// <summary>The floats of the memory of one thread.</summary>
    internal long ThreadLength => ((long)Chunk * RowLength) + SampleLength;

    /// <summary>Bytes of the memory that predictions keep for their values, without the parameters.</summary>
    internal long Bytes(int threads) => sizeof(float) * ((threads * ThreadLength) + (threads > 1 ? (long)Math.Min(threads, SharedWorkspaces) * SharedWorkspaceLength : 0) + PreparedLength);
}
