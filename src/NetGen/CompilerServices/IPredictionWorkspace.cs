using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>The memory that predictions of one network work in. One caller at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPredictionWorkspace
{
    /// <summary>Computes the outputs of a batch whose lengths are right.</summary>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <param name="input">The samples, one after the other.</param>
    /// <param name="output">Where the outputs go.</param>
    /// <param name="threads">How many threads at most share the work; 0 for as many as are worth it.</param>
    void Run(int samples, ReadOnlySpan<float> input, Span<float> output, int threads);

    /// <summary>Computes the outputs of a batch of bytes whose lengths are right, of a network that takes bytes.</summary>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <param name="input">The samples, one after the other.</param>
    /// <param name="output">Where the outputs go.</param>
    /// <param name="threads">How many threads at most share the work; 0 for as many as are worth it.</param>
    void Run(int samples, ReadOnlySpan<byte> input, Span<float> output, int threads) =>
        throw new NotSupportedException("This network was generated before networks could take bytes.");
}
