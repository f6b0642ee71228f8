namespace NetGen;

/// <summary>The identity as output function, with the mean absolute error as loss.</summary>
internal sealed class MeanAbsoluteErrorFunction() : RegressionLoss<MeanAbsoluteErrorFunction.OfSample>(default)
{
    /// <summary>The single instance: it has no state.</summary>
    public static readonly MeanAbsoluteErrorFunction Instance = new();

    /// <inheritdoc/>
    public override double OfZeros(int outputs, ReadOnlySpan<float> targets)
    {
        double sum = 0;
        foreach (float value in targets)
            sum += Math.Abs(value);
        return sum / targets.Length;
    }

    /// <summary>The computation for one sample.</summary>
    internal readonly struct OfSample : ILossOfSample
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
                sum += MathF.Abs(value - targets[i]);
            }

            return sum / values.Length;
        }

        /// <inheritdoc/>
        public void Gradient(ReadOnlySpan<float> outputs, int label, float scale, Span<float> gradient) => throw RegressionLoss.NoLabel();

        // The sign of the error: 0 for an error of 0, as in PyTorch. A NaN stays a NaN.
        /// <inheritdoc/>
        public void Gradient(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, float scale, Span<float> gradient)
        {
            float step = scale / targets.Length;
            for (int i = 0; i < targets.Length; i++)
            {
                float error = outputs[i] - targets[i];
                gradient[i] = error > 0 ? step : error < 0 ? -step : error;
            }
        }

        /// <inheritdoc/>
        public void Outputs(ReadOnlySpan<float> values, Span<float> outputs) => values.CopyTo(outputs);
    }
}
