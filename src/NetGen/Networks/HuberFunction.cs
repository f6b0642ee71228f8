namespace NetGen;

/// <summary>The identity as output function, with the loss of Huber (1964), the mean over the outputs.</summary>
/// <param name="delta">The largest error that counts with its square.</param>
internal sealed class HuberFunction(float delta) : RegressionLoss<HuberFunction.OfSample>(new OfSample(delta))
{
    private readonly float _delta = delta;

    /// <inheritdoc/>
    public override double OfZeros(int outputs, ReadOnlySpan<float> targets)
    {
        double sum = 0;
        foreach (float value in targets)
            sum += Of(value, _delta);
        return sum / targets.Length;
    }

    private static float Of(float error, float delta)
    {
        float size = MathF.Abs(error);
        return size < delta ? 0.5f * size * size : delta * (size - (0.5f * delta));
    }

    /// <summary>The computation for one sample.</summary>
    /// <param name="delta">The largest error that counts with its square.</param>
    internal readonly struct OfSample(float delta) : ILossOfSample
    {
        /// <inheritdoc/>
        public float Of(ReadOnlySpan<float> values, int label, Span<float> outputs) => throw RegressionLoss.NoLabel();

        /// <inheritdoc/>
        public float Of(ReadOnlySpan<float> values, ReadOnlySpan<float> targets, Span<float> outputs)
        {
            float sum = 0;
            for (int i = 0; i < values.Length; i++)
            {
                float value = values[i];
                outputs[i] = value;
                sum += HuberFunction.Of(value - targets[i], delta);
            }

            return sum / values.Length;
        }

        /// <inheritdoc/>
        public void Gradient(ReadOnlySpan<float> outputs, int label, float scale, Span<float> gradient) => throw RegressionLoss.NoLabel();

        // The error, cut to -delta and delta. A NaN stays a NaN.
        /// <inheritdoc/>
        public void Gradient(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, float scale, Span<float> gradient)
        {
            float factor = scale / targets.Length;
            for (int i = 0; i < targets.Length; i++)
                gradient[i] = Math.Clamp(outputs[i] - targets[i], -delta, delta) * factor;
        }

        /// <inheritdoc/>
        public void Outputs(ReadOnlySpan<float> values, Span<float> outputs) => values.CopyTo(outputs);
    }
}
