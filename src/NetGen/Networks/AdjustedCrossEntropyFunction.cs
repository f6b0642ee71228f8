using System.Collections.Immutable;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Softmax or its logarithm with the cross-entropy, where the loss has settings: smoothed or ignored labels, weights of classes. The loss of a sample is that of the
/// targets <c>w[c]·((1 - ε)·t[c] + ε / classes)</c>, which do not add up to 1.
/// </summary>
/// <param name="settings">The settings.</param>
internal sealed class AdjustedCrossEntropyFunction(LossSettings settings)
    : LossOverSamples<AdjustedCrossEntropyFunction.OfSample>(new OfSample(settings))
{
    /// <inheritdoc/>
    public override bool WeighsLabels => settings.ClassWeights.Length > 0 || settings.IgnoreLabel is not null;

    /// <inheritdoc/>
    public override int Classes(int outputs) => outputs;

    /// <inheritdoc/>
    public override float LabelWeight(int label) => Ignores(label) ? 0 : settings.ClassWeights.Length > 0 ? settings.ClassWeights[label] : 1;

    /// <inheritdoc/>
    public override bool Ignores(int label) => label == settings.IgnoreLabel;

    /// <inheritdoc/>
    public override void Predict(INetwork network, ReadOnlySpan<float> inputs, Span<float> values, int threads)
    {
        // Logarithms of probabilities are logits: their softmax is these probabilities.
        if (settings.GivesLogarithms)
            network.Predict(inputs, values, threads);
        else
            CrossEntropyFunction.Instance.Predict(network, inputs, values, threads);
    }

    // All classes have the same probability. For labels this is exact, because weights are counted in their mean; for class probabilities whose classes have
    // weights it is the loss of the weight 1.
    /// <inheritdoc/>
    public override double OfZeros(int outputs, ReadOnlySpan<float> targets) => Math.Log(outputs);

    /// <inheritdoc/>
    public override string? TargetFault(string network, ReadOnlySpan<float> targets, int sample) =>
        BatchChecks.ProbabilityFault(network, targets, sample);

    /// <summary>The computation for one sample.</summary>
    internal readonly struct OfSample(LossSettings settings) : ILossOfSample
    {
        private readonly ImmutableArray<float> _classWeights = settings.ClassWeights;
        private readonly double _smoothing = settings.LabelSmoothing;
        private readonly int? _ignored = settings.IgnoreLabel;
        private readonly bool _givesLogarithms = settings.GivesLogarithms;

        /// <inheritdoc/>
        public float Of(ReadOnlySpan<float> values, int label, Span<float> outputs)
        {
            if (label != _ignored)
                return Forward(values, new Wanted(this, values.Length, label), outputs);
            Outputs(values, outputs);
            return 0;
        }

        /// <inheritdoc/>
        public float Of(ReadOnlySpan<float> values, ReadOnlySpan<float> targets, Span<float> outputs) =>
            Forward(values, new Wanted(this, targets), outputs);

        /// <inheritdoc/>
        public void Gradient(ReadOnlySpan<float> outputs, int label, float scale, Span<float> gradient)
        {
            if (label == _ignored)
                gradient.Clear();
            else
                Backward(outputs, new Wanted(this, outputs.Length, label), scale, gradient);
        }

        /// <inheritdoc/>
        public void Gradient(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, float scale, Span<float> gradient) =>
            Backward(outputs, new Wanted(this, targets), scale, gradient);

        /// <inheritdoc/>
        public void Outputs(ReadOnlySpan<float> values, Span<float> outputs)
        {
            if (_givesLogarithms)
                Heads.LogSoftmax(values, outputs);
            else
                Heads.Probabilities(values, outputs);
        }

        private float Forward(ReadOnlySpan<float> values, Wanted wanted, Span<float> outputs)
        {
            // The outputs may be the memory of the values, so they come last.
            float max = Heads.Max(values);
            float below = 0;
            float total = 0;
            for (int i = 0; i < values.Length; i++)
            {
                // The loss of a class may be infinite, and 0 times infinity would be NaN.
                float target = wanted[i];
                if (target != 0)
                    below += target * (max - values[i]);
                total += target;
            }

            float logSum = _givesLogarithms ? Heads.LogSoftmax(values, max, outputs) : Heads.Softmax(values, max, outputs);
            return below + (total * logSum);
        }

        private void Backward(ReadOnlySpan<float> outputs, Wanted wanted, float scale, Span<float> gradient)
        {
            for (int i = 0; i < gradient.Length; i++)
                gradient[i] = wanted[i];
            if (_givesLogarithms)
                Heads.LogCrossEntropyGradient(outputs, gradient, scale, gradient);
            else
                Heads.CrossEntropyGradient(outputs, gradient, scale, gradient);
        }

        /// <summary>The weighted and smoothed targets of a sample.</summary>
        private readonly ref struct Wanted
        {
            private readonly ReadOnlySpan<float> _targets;
            private readonly ReadOnlySpan<float> _weights;
            private readonly int _label;
            private readonly float _share;
            private readonly float _spread;

            public Wanted(in OfSample loss, int classes, int label)
                : this(loss, classes) => _label = label;

            public Wanted(in OfSample loss, ReadOnlySpan<float> targets)
                : this(loss, targets.Length) => _targets = targets;

            private Wanted(in OfSample loss, int classes)
            {
                _weights = loss._classWeights.AsSpan();
                _share = (float)(1 - loss._smoothing);
                _spread = (float)(loss._smoothing / classes);
            }

            public float this[int index]
            {
                get
                {
                    float target = _targets.IsEmpty ? (index == _label ? 1 : 0) : _targets[index];
                    float smooth = (_share * target) + _spread;
                    return _weights.IsEmpty ? smooth : _weights[index] * smooth;
                }
            }
        }
    }
}
