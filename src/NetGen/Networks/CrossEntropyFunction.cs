using NetGen.CompilerServices;

namespace NetGen;

/// <summary>Softmax with the cross-entropy, both computed from the logits.</summary>
internal sealed class CrossEntropyFunction() : LossOverSamples<CrossEntropyFunction.OfSample>(default)
{
    /// <summary>The single instance: it has no state.</summary>
    public static readonly CrossEntropyFunction Instance = new();

    /// <inheritdoc/>
    public override int Classes(int outputs) => outputs;

    /// <inheritdoc/>
    public override void Predict(INetwork network, ReadOnlySpan<float> inputs, Span<float> values, int threads)
    {
        if (network is ILogits classifier)
        {
            classifier.PredictLogits(inputs, values, threads);
            return;
        }

        // Logarithms of probabilities are logits: their softmax is these probabilities.
        network.Predict(inputs, values, threads);
        foreach (ref float value in values)
            value = MathF.Log(value);
    }

    // All classes have the same probability.
    /// <inheritdoc/>
    public override double OfZeros(int outputs, ReadOnlySpan<float> targets) => Math.Log(outputs);

    /// <inheritdoc/>
    public override string? TargetFault(string network, ReadOnlySpan<float> targets, int sample) =>
        BatchChecks.ProbabilityFault(network, targets, sample);

    /// <summary>The computation for one sample.</summary>
    internal readonly struct OfSample : ILossOfSample
    {
        /// <inheritdoc/>
        public float Of(ReadOnlySpan<float> values, int label, Span<float> outputs) => Heads.CrossEntropy(values, label, outputs);

        /// <inheritdoc/>
        public float Of(ReadOnlySpan<float> values, ReadOnlySpan<float> targets, Span<float> outputs) =>
            Heads.CrossEntropy(values, targets, outputs);

        /// <inheritdoc/>
        public void Gradient(ReadOnlySpan<float> outputs, int label, float scale, Span<float> gradient) =>
            Heads.CrossEntropyGradient(outputs, label, scale, gradient);

        /// <inheritdoc/>
        public void Gradient(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, float scale, Span<float> gradient) =>
            Heads.CrossEntropyGradient(outputs, targets, scale, gradient);

        /// <inheritdoc/>
        public void Outputs(ReadOnlySpan<float> values, Span<float> outputs) => Heads.Probabilities(values, outputs);
    }
}
