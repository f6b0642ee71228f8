namespace NetGen;

/// <summary>
/// The share of the samples whose class has the largest output, with the name <c>accuracy</c>. Of equal outputs the first counts as the
/// largest, as for <c>Classify</c>. A sample with a NaN among its outputs is wrong.
/// </summary>
public sealed class Accuracy() : Metric("accuracy", higherIsBetter: true)
{
    /// <inheritdoc/>
    protected override MetricState CreateState(MetricContext context)
    {
        RequireClassifier(context);
        return new State(context);
    }

    private sealed class State(MetricContext context) : MetricState(context)
    {
        private int _correct;

        protected override void AddSamples(MetricBatch batch)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                if (batch.PredictedClass(i) == batch.ActualClass(i))
                    _correct++;
            }
        }

        protected override double Compute() => (double)_correct / Samples;

        protected override void Clear() => _correct = 0;

        protected override void ExchangeState(StateExchange values) => values.Value(ref _correct);
    }
}
