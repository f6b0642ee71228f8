using System.Runtime.InteropServices;
using NetGen.CompilerServices;

using static System.FormattableString;

namespace NetGen;

/// <summary>Sigmoid of each output with the binary cross-entropy, both computed from the logits.</summary>
internal sealed class BinaryCrossEntropyFunction() : LossOverSamples<BinaryCrossEntropyFunction.OfSample>(default)
{
    /// <summary>The single instance: it has no state.</summary>
    public static readonly BinaryCrossEntropyFunction Instance = new();

    // Where a probability is nearly 1, the gradient p - 1 has no digits left.
    /// <inheritdoc/>
    public override bool GradientReadsValues => true;

    // One output is the probability of class 1. Several outputs are independent questions, so a sample has no single class.
    /// <inheritdoc/>
    public override int Classes(int outputs) => outputs == 1 ? 2 : 0;

    /// <inheritdoc/>
    public override void Predict(INetwork network, ReadOnlySpan<float> inputs, Span<float> values, int threads)
    {
        if (network is ILogits sigmoid)
        {
            sigmoid.PredictLogits(inputs, values, threads);
            return;
        }

        network.Predict(inputs, values, threads);
        foreach (ref float value in values)
            value = MathF.Log(value / (1 - value));
    }

    // All probabilities are 0.5.
    /// <inheritdoc/>
    public override double OfZeros(int outputs, ReadOnlySpan<float> targets) => Math.Log(2);

    /// <inheritdoc/>
    public override string? TargetFault(string network, ReadOnlySpan<float> targets, int sample)
    {
        // The bits of the floats from 0 to 1 are a range of integers, and the framework searches for others in vectors. −0 is not among them; the loop allows it.
        if (!MemoryMarshal.Cast<float, int>(targets).ContainsAnyExceptInRange(0, BitConverter.SingleToInt32Bits(1)))
            return null;

        for (int i = 0; i < targets.Length; i++)
        {
            if (!(targets[i] >= 0 && targets[i] <= 1))
                return Invariant($"{network} learns probabilities, which are at least 0 and at most 1, but target {i} of sample {sample} is {targets[i]}.");
        }

        return null;
    }

    /// <summary>The computation for one sample.</summary>
    internal readonly struct OfSample : ILossOfSample
    {
        /// <inheritdoc/>
        public float Of(ReadOnlySpan<float> values, int label, Span<float> outputs) => SigmoidHead.BinaryCrossEntropy(values, [label], outputs);

        /// <inheritdoc/>
        public float Of(ReadOnlySpan<float> values, ReadOnlySpan<float> targets, Span<float> outputs) =>
            SigmoidHead.BinaryCrossEntropy(values, targets, outputs);

        /// <inheritdoc/>
        public void Gradient(ReadOnlySpan<float> outputs, int label, float scale, Span<float> gradient) =>
            SigmoidHead.BinaryCrossEntropyGradient(outputs, [label], scale, gradient);

        /// <inheritdoc/>
        public void Gradient(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, float scale, Span<float> gradient) =>
            SigmoidHead.BinaryCrossEntropyGradient(outputs, targets, scale, gradient);

        /// <inheritdoc/>
        public void Outputs(ReadOnlySpan<float> values, Span<float> outputs) => SigmoidHead.Sigmoid(values, outputs);
    }
}
