using static System.FormattableString;

namespace NetGen;

/// <summary>
/// The share of the samples whose class is among the <c>k</c> classes with the largest outputs, with the name <c>top_3_accuracy</c> for
/// <c>k</c> = 3. Of equal outputs the class with the lower index comes first, so that <c>k</c> = 1 is the <see cref="Accuracy"/>. A sample
/// with a NaN among its outputs is wrong.
/// </summary>
/// <remarks>
/// Keras counts all classes that share the last of the <c>k</c> places; scikit-learn's <c>top_k_accuracy_score</c> prefers the higher
/// index. Without equal outputs all three agree.
/// </remarks>
public sealed class TopKAccuracy : Metric
{
    private readonly int _k;

    /// <summary>The accuracy of the <paramref name="k"/> most probable classes.</summary>
    /// <param name="k">How many classes, from 1 to the number of the network's classes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1.</exception>
    public TopKAccuracy(int k) : base(Invariant($"top_{k}_accuracy"), higherIsBetter: true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        _k = k;
    }

    /// <inheritdoc/>
    protected override MetricState CreateState(MetricContext context)
    {
        RequireClassifier(context);
        if (context.Classes != context.OutputLength)
        {
            throw new ArgumentException(
                Invariant($"The metric {Name} needs an output for each class, but the network has {context.OutputLength} for ") +
                Invariant($"{context.Classes} classes."),
                nameof(context));
        }
        if (_k > context.Classes)
        {
            throw new ArgumentException(
                Invariant($"The metric {Name} needs at least {_k} classes, but the network has {context.Classes}."), nameof(context));
        }

        return new State(this, context);
    }

    /// <summary>How many classes come before a class in the order of the outputs; all of them if an output is NaN.</summary>
    private static int Rank(ReadOnlySpan<float> outputs, int @class)
    {
        float own = outputs[@class];
        int rank = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            if (float.IsNaN(outputs[i]))
                return outputs.Length;
            if (outputs[i] > own || (outputs[i] == own && i < @class))
                rank++;
        }

        return rank;
    }

    private sealed class State(TopKAccuracy metric, MetricContext context) : MetricState(context)
    {
        private int _correct;

        protected override void AddSamples(MetricBatch batch)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                if (Rank(batch.Output(i), batch.ActualClass(i)) < metric._k)
                    _correct++;
            }
        }

        protected override double Compute() => (double)_correct / Samples;

        protected override void Clear() => _correct = 0;

        protected override void ExchangeState(StateExchange values) => values.Value(ref _correct);
    }
}
