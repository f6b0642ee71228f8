using static System.FormattableString;

namespace NetGen;

/// <summary>
/// For a network that ends in <see cref="SigmoidAttribute"/>: the share of all outputs of all samples that are on the same side of a threshold as their target is of 0.5, with
/// the name <c>binary_accuracy</c>. An output is on the upper side if it is above the threshold, as in Keras; a NaN is wrong. With one output, labels count as targets.
/// </summary>
public sealed class BinaryAccuracy : Metric
{
    private readonly float _threshold;

    /// <summary>Sets the threshold.</summary>
    /// <param name="threshold">The largest probability that is still taken for a no, at least 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is out of range.</exception>
    public BinaryAccuracy(float threshold = 0.5f)
        : base("binary_accuracy", higherIsBetter: true)
    {
        if (!(threshold >= 0 && threshold <= 1))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, Invariant($"A threshold of probabilities is between 0 and 1, but got {threshold}."));
        _threshold = threshold;
    }

    /// <inheritdoc/>
    protected override MetricState CreateState(MetricContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Classes == context.OutputLength)
            throw new ArgumentException($"The metric {Name} compares single outputs with a threshold, but those of the network are the probabilities of exclusive classes; use Accuracy.", nameof(context));
        return new State(context, _threshold);
    }

    private sealed class State(MetricContext context, float threshold) : MetricState(context)
    {
        private double _right;

        protected override void AddSamples(MetricBatch batch)
        {
            for (int i = 0; i < batch.Outputs.Length; i++)
            {
                bool expected = batch.Targets.IsEmpty ? batch.ActualClass(i) == 1 : batch.Targets[i] > 0.5f;
                if (!float.IsNaN(batch.Outputs[i]) && batch.Outputs[i] > threshold == expected)
                    _right++;
            }
        }

        protected override double Compute() => _right / ((double)Samples * Context.OutputLength);

        protected override void Clear() => _right = 0;

        protected override void ExchangeState(StateExchange values) => values.Value(ref _right);
    }
}
