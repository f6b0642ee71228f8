using NetGen.CompilerServices;

namespace NetGen;

/// <summary>The last values as they are, with the mean of their squared errors.</summary>
internal sealed class MeanSquaredErrorFunction : LossOverSamples<MeanSquaredErrorFunction.OfSample>
{
    /// <summary>The only one: it has no state.</summary>
    public static readonly MeanSquaredErrorFunction Instance = new();

    /// <inheritdoc/>
    public override bool Classifies => false;

    /// <inheritdoc/>
    public override void Predict(INetwork network, ReadOnlySpan<float> inputs, Span<float> values, int threads) =>
        network.Predict(inputs, values, threads);

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
            Copy(values, outputs);
            return Heads.MeanSquaredError(values, targets);
        }

        /// <inheritdoc/>
        public static void Gradient(ReadOnlySpan<float> outputs, int label, float scale, Span<float> gradient) => throw NoLabel();

        /// <inheritdoc/>
        public static void Gradient(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, float scale, Span<float> gradient) =>
            Heads.MeanSquaredErrorGradient(outputs, targets, scale, gradient);

        /// <inheritdoc/>
        public static void Outputs(ReadOnlySpan<float> values, Span<float> outputs) => Copy(values, outputs);

        // Most regressions have one output or a few: a loop copies them in less time than a call takes.
        private static void Copy(ReadOnlySpan<float> values, Span<float> outputs)
        {
            if (values.Length > 8)
            {
                values.CopyTo(outputs);
                return;
            }

            for (int i = 0; i < values.Length; i++)
                outputs[i] = values[i];
        }

        private static InvalidOperationException NoLabel() => new("The mean squared error is computed from targets, not from a label.");
    }
}
