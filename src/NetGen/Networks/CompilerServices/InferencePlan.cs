using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>The sizes of a network's predictions, in floats where nothing else is said.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class InferencePlan
{
    /// <summary>The loss, whose head gives the outputs.</summary>
    public required Loss Loss { get; init; }

    /// <summary>Values of an input sample.</summary>
    public required int InputLength { get; init; }

    /// <summary>Values that come out for a sample.</summary>
    public required int OutputLength { get; init; }

    /// <summary>The most samples that go through the layers together.</summary>
    public required int Chunk { get; init; }

    /// <summary>A thread's part of a batch is a multiple of this many samples, so that all tiles of dense layers are whole.</summary>
    public required int ChunkStep { get; init; }

    /// <summary>The samples from which on a batch is shared among threads when nobody said how many.</summary>
    public required long ParallelSamples { get; init; }

    /// <summary>The memory of each sample of a chunk.</summary>
    public required int RowLength { get; init; }

    /// <summary>The memory of what exists for one sample at a time.</summary>
    public int SampleLength { get; init; }

    /// <summary>Where the values before the head lie in a row.</summary>
    public required int Output { get; init; }

    /// <summary>What is computed from parameters at the beginning of each call.</summary>
    public int PreparedLength { get; init; }

    /// <summary>Whether threads share layers of one sample.</summary>
    public bool SharesLayers { get; init; }
}
