namespace NetGen;

/// <summary>The mean loss of the errors of a sample's outputs, with the identity as output function.</summary>
/// <typeparam name="TError">The loss of single errors.</typeparam>
/// <param name="error">The same, with its settings.</param>
internal readonly struct LossOfErrors<TError>(TError error) : ILossOfSample
    where TError : struct, IErrorLoss
{
    /// <inheritdoc/>
    public float Of(ReadOnlySpan<float> values, int label, Span<float> outputs) => throw NoLabel();

    /// <inheritdoc/>
    public float Of(ReadOnlySpan<float> values, ReadOnlySpan<float> targets, Span<float> outputs)
    {
        float sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            float value = values[i];
            outputs[i] = value;
            sum += error.Of(value - targets[i]);
        }

        return sum / values.Length;
    }

    /// <inheritdoc/>
    public void Gradient(ReadOnlySpan<float> outputs, int label, float scale, Span<float> gradient) => throw NoLabel();

    /// <inheritdoc/>
    public void Gradient(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, float scale, Span<float> gradient)
    {
        float factor = scale / targets.Length;
        for (int i = 0; i < targets.Length; i++)
            gradient[i] = error.Slope(outputs[i] - targets[i]) * factor;
    }

    /// <inheritdoc/>
    public void Outputs(ReadOnlySpan<float> values, Span<float> outputs) => values.CopyTo(outputs);

    private static InvalidOperationException NoLabel() => new("The loss of a regression is computed from targets, not from a label.");
}
