using static System.FormattableString;

namespace NetGen;

/// <summary>
/// The area under the receiver operating characteristic, with the name <c>auc</c>: the probability that a random sample of a class has a
/// larger output for it than a random sample of the other classes; equal outputs count half. It is exact, and equals scikit-learn's
/// <c>roc_auc_score</c>; Keras' <c>AUC</c> approximates it by thresholds.
/// </summary>
/// <remarks>
/// <para>
/// Of two classes, class 1 is the positive one. Of more, it is the mean over the classes, each against all others
/// (<c>multi_class="ovr", average="macro"</c>), without those that have no samples or all of them. It is NaN if no class is left, and if an
/// output is NaN.
/// </para>
/// <para>
/// A run stores all outputs: 4 bytes for each class and sample (of two classes, for class 1 alone), and 9 bytes for each sample. Each read
/// of the value sorts them.
/// </para>
/// </remarks>
public sealed class RocAuc() : Metric("auc", higherIsBetter: true)
{
    /// <inheritdoc/>
    protected override MetricState CreateState(MetricContext context)
    {
        RequireClassifier(context);
        return context.Classes >= 2
            ? new State(context)
            : throw new ArgumentException(
                Invariant($"The metric {Name} needs at least 2 classes, but the network has {context.Classes}."), nameof(context));
    }

    private sealed class State : MetricState
    {
        // Of two classes, the outputs of the last are enough: those of class 1.
        private readonly int _firstClass;
        private readonly float[][] _outputs;
        private readonly int[] _classes;
        private readonly float[] _sorted;
        private readonly bool[] _positive;
        private bool _hasNaN;

        public State(MetricContext context) : base(context)
        {
            _firstClass = context.Classes == 2 ? 1 : 0;
            _outputs = new float[context.Classes - _firstClass][];
            for (int i = 0; i < _outputs.Length; i++)
                _outputs[i] = new float[context.MaxSamples];
            _classes = new int[context.MaxSamples];
            _sorted = new float[context.MaxSamples];
            _positive = new bool[context.MaxSamples];
        }

        protected override void AddSamples(MetricBatch batch)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                ReadOnlySpan<float> outputs = batch.Output(i);
                foreach (float output in outputs)
                    _hasNaN |= float.IsNaN(output);
                outputs = outputs[^_outputs.Length..];
                for (int j = 0; j < outputs.Length; j++)
                    _outputs[j][Samples + i] = outputs[j];
                _classes[Samples + i] = batch.ActualClass(i);
            }
        }

        protected override double Compute()
        {
            if (_hasNaN)
                return double.NaN;
            double sum = 0;
            int defined = 0;
            for (int i = 0; i < _outputs.Length; i++)
            {
                if (Area(i) is not { } area)
                    continue;
                sum += area;
                defined++;
            }

            return sum / defined;
        }

        // Of the arrays, only the first entries are valid: as many as there are samples.
        protected override void Clear() => _hasNaN = false;

        protected override void ExchangeState(StateExchange values)
        {
            values.Value(ref _hasNaN);
            values.Values(_classes.AsSpan(0, Samples));
            foreach (float[] outputs in _outputs)
                values.Values(outputs.AsSpan(0, Samples));
        }

        /// <summary>The area for one class against all others; null if there are only samples of one of the two sides.</summary>
        private double? Area(int column)
        {
            Span<float> outputs = _sorted.AsSpan(0, Samples);
            Span<bool> positive = _positive.AsSpan(0, Samples);
            _outputs[column].AsSpan(0, Samples).CopyTo(outputs);
            long positives = 0;
            for (int i = 0; i < positive.Length; i++)
            {
                positive[i] = _classes[i] == _firstClass + column;
                positives += positive[i] ? 1 : 0;
            }

            long pairs = positives * (Samples - positives);
            if (pairs == 0)
                return null;
            outputs.Sort(positive);
            return HalfPairs(outputs, positive) / (2.0 * pairs);
        }

        /// <summary>
        /// Over all pairs of a positive and a negative sample: 2 for a pair whose positive sample has the larger output, 1 for equal outputs.
        /// </summary>
        private static long HalfPairs(ReadOnlySpan<float> sorted, ReadOnlySpan<bool> positive)
        {
            long sum = 0, negativesBelow = 0;
            for (int start = 0, end; start < sorted.Length; start = end)
            {
                long positives = 0;
                for (end = start; end < sorted.Length && sorted[end] == sorted[start]; end++)
                    positives += positive[end] ? 1 : 0;
                long negatives = end - start - positives;
                sum += positives * (2 * negativesBelow + negatives);
                negativesBelow += negatives;
            }

            return sum;
        }
    }
}
