namespace NetGen;

/// <summary>
/// The computation of a loss for one sample, with its settings. It is a struct, so that the loops over samples in <see cref="LossOverSamples{TLoss}"/>
/// call it directly.
/// </summary>
internal interface ILossOfSample
{
    /// <inheritdoc cref="LossFunction.Of(ReadOnlySpan{float}, int, Span{float})"/>
    float Of(ReadOnlySpan<float> values, int label, Span<float> outputs);

    /// <inheritdoc cref="LossFunction.Of(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    float Of(ReadOnlySpan<float> values, ReadOnlySpan<float> targets, Span<float> outputs);

    /// <summary>The gradient of the loss of a sample that has a label, with respect to the values before the head (before Softmax: the logits).</summary>
    /// <param name="outputs">The outputs of the sample, or the values before the head where <see cref="LossFunction.GradientReadsValues"/>.</param>
    /// <param name="label">The class.</param>
    /// <param name="scale">The derivative of the mean loss with respect to the loss of the sample.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    void Gradient(ReadOnlySpan<float> outputs, int label, float scale, Span<float> gradient);

    /// <summary>The gradient of the loss of a sample that has targets, with respect to the values before the head.</summary>
    /// <param name="outputs">The outputs of the sample, or the values before the head where <see cref="LossFunction.GradientReadsValues"/>.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="scale">The derivative of the mean loss with respect to the loss of the sample.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    void Gradient(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, float scale, Span<float> gradient);

    /// <summary>The head: the outputs of a sample.</summary>
    /// <param name="values">The values before the head.</param>
    /// <param name="outputs">Where the outputs go; as long as <paramref name="values"/>, and possibly the same memory.</param>
    void Outputs(ReadOnlySpan<float> values, Span<float> outputs);
}
