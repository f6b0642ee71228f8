using NetGen.CompilerServices;

namespace NetGen;

/// <summary>The identity as output function, with the mean squared error as loss.</summary>
internal sealed class MeanSquaredErrorFunction() : RegressionLoss<MeanSquaredErrorFunction.OfSample>(default)
{
    /// <summary>The single instance: it has no state.</summary>
    public static readonly MeanSquaredErrorFunction Instance = new();

    /// <inheritdoc/>
    public override double OfZeros(int outputs, ReadOnlySpan<float> targets)
    {
        double sum = 0;
        foreach (float value in targets)
            sum += (double)value * value;
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
                float error = value - targets[i];
                outputs[i] = value;
                sum += error * error;
            }

            return sum / values.Length;
        }

        /// <inheritdoc/>
        public void Gradient(ReadOnlySpan<float> outputs, int label, float scale, Span<float> gradient) => throw RegressionLoss.NoLabel();

        /// <inheritdoc/>
        public void Gradient(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, float scale, Span<float> gradient) =>
            Heads.MeanSquaredErrorGradient(outputs, targets, scale, gradient);

        /// <inheritdoc/>
        public void Outputs(ReadOnlySpan<float> values, Span<float> outputs) => values.CopyTo(outputs);
    }
}
