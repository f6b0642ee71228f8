namespace NetGen;

/// <summary>
/// The root of the mean of <c>(output − target)²</c> over all outputs of all samples, with the name <c>root_mean_squared_error</c>, in the
/// unit of the targets. It is the root of the loss <see cref="Loss.MeanSquaredError"/>, and equals the metric of that name in Keras.
/// (scikit-learn's, for several outputs, is the mean of their roots.)
/// </summary>
public sealed class RootMeanSquaredError() : Metric("root_mean_squared_error", higherIsBetter: false)
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
            {
                double error = (double)batch.Outputs[i] - batch.Targets[i];
                _sum += error * error;
            }
        }

        protected override double Compute() => Math.Sqrt(_sum / ((double)Samples * Context.OutputLength));

        protected override void Clear() => _sum = 0;

        protected override void ExchangeState(StateExchange values) => values.Value(ref _sum);
    }
}
