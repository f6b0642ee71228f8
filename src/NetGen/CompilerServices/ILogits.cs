using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>
/// A network that also computes its logits, the values before its softmax or sigmoid. A loss is computed from logits, because a probability below 1e-45 is 0 in
/// float32, and one that is nearly 1 has no digits left.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILogits
{
    /// <summary>As <c>Predict</c>, without the head at the end.</summary>
    /// <param name="input">One sample after the other.</param>
    /// <param name="output">Where the logits go, as many as outputs.</param>
    /// <param name="threads">How many threads at most share the batch; 0 is one for each processor. The logits do not depend on it.</param>
    /// <exception cref="ArgumentException">A length does not fit; the message says what was expected.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
    void PredictLogits(ReadOnlySpan<float> input, Span<float> output, int threads);
}
