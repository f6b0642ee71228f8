using NetGen.CompilerServices;

namespace NetGen;

/// <summary>The identity as output function, with the mean squared error as loss.</summary>
internal sealed class MeanSquaredErrorFunction : LossOverSamples<MeanSquaredErrorFunction.OfSample>
{
    /// <summary>The single instance: it has no state.</summary>
    public static readonly MeanSquaredErrorFunction Instance = new();

    /// <inheritdoc/>
    public override bool Classifies => false;

    /// <inheritdoc/>
    public override void Predict(INetwork network, ReadOnlySpan<float> inputs, Span<float> values, int threads) =>
        network.Predict(inputs, values, threads);

    /// <inheritdoc/>
    public override void Outputs(ref float values, int stride, int length, Span<float> outputs) => Rows.Gather(ref values, stride, length, outputs);

    /// <inheritdoc/>
    public override void ApplyHead(int length, Span<float> values)
    {
        // The head is the identity.
    }

    /// <inheritdoc/>
    public override void CheckTargets(string network, ReadOnlySpan<float> targets, int outputs)
    {
        // Every number is a valid target.
    }

    /// <inheritdoc/>
    public override double OfZeros(int outputs, ReadOnlySpan<float> targets)
    {
        double sum = 0;
        foreach (float value in targets)
            sum += (double)value * value;
        return sum / targets.Length;
    }

    /// <inheritdoc/>
    public override string? TargetFault(string network, ReadOnlySpan<float> targets, int sample) => null;

    /// <summary>The computation for one sample.</summary>
    internal readonly struct OfSample : ILossOfSample
    {
        /// <inheritdoc/>
        public static float Of(ReadOnlySpan<float> values, int label, Span<float> outputs) => throw NoLabel();

        /// <inheritdoc/>
        public static float Of(ReadOnlySpan<float> values, ReadOnlySpan<float> targets, Span<float> outputs)
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
        public static void Gradient(ReadOnlySpan<float> outputs, int label, float scale, Span<float> gradient) => throw NoLabel();

        /// <inheritdoc/>
        public static void Gradient(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, float scale, Span<float> gradient) =>
            Heads.MeanSquaredErrorGradient(outputs, targets, scale, gradient);

        /// <inheritdoc/>
        public static void Outputs(ReadOnlySpan<float> values, Span<float> outputs) => values.CopyTo(outputs);

        private static InvalidOperationException NoLabel() => new("The mean squared error is computed from targets, not from a label.");
    }
}
