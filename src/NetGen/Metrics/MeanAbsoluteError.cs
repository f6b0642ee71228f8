namespace NetGen;

/// <summary>
/// The mean of <c>|output − target|</c> over all outputs of all samples, with the name <c>mean_absolute_error</c>, in the unit of the
/// targets. It equals scikit-learn's function of that name.
/// </summary>
public sealed class MeanAbsoluteError() : Metric("mean_absolute_error", higherIsBetter: false)
{
    /// <inheritdoc/>
    protected override MetricState CreateState(MetricContext context)
    {
        RequireRegression(context);
        return new State(context);
    }

    private sealed class State(MetricContext context) : MetricState(context)
    {
        private double _sum;

        protected override void AddSamples(MetricBatch batch)
        {
            for (int i = 0; i < batch.Outputs.Length; i++)
                _sum += Math.Abs((double)batch.Outputs[i] - batch.Targets[i]);
        }

        protected override double Compute() => _sum / ((double)Samples * Context.OutputLength);

        protected override void Clear() => _sum = 0;

        protected override void ExchangeState(StateExchange values) => values.Value(ref _sum);
    }
}
