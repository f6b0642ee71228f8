namespace NetGen;

/// <summary>
/// The coefficient of determination R², with the name <c>r2_score</c>: 1 minus the sum of squared errors divided by the sum of squared
/// deviations of the targets from their mean. 1 is perfect, 0 as good as predicting the mean. For several outputs it is the mean of their
/// R². It equals scikit-learn's <c>r2_score</c>.
/// </summary>
/// <remarks>
/// If all targets of an output are equal, its R² is 1 for outputs without error, otherwise 0. With fewer than two samples it is NaN.
/// </remarks>
public sealed class R2Score() : Metric("r2_score", higherIsBetter: true)
{
    /// <inheritdoc/>
    protected override MetricState CreateState(MetricContext context)
    {
        RequireRegression(context);
        return new State(context);
    }

    private sealed class State(MetricContext context) : MetricState(context)
    {
        private readonly double[] _errors = new double[context.OutputLength];
        private readonly float[] _first = new float[context.OutputLength];
        private readonly double[] _means = new double[context.OutputLength];
        private readonly double[] _deviations = new double[context.OutputLength];

        // Mean and deviations are updated with each sample (Welford 1962), and are those of the differences from the first target: sums of
        // squares, and means that are far larger than the deviations, would lose digits.
        protected override void AddSamples(MetricBatch batch)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                ReadOnlySpan<float> outputs = batch.Output(i);
                ReadOnlySpan<float> targets = batch.Target(i);
                for (int j = 0; j < outputs.Length; j++)
                {
                    double error = (double)outputs[j] - targets[j];
                    _errors[j] += error * error;
                    if (Samples + i == 0)
                        _first[j] = targets[j];
                    double target = (double)targets[j] - _first[j];
                    double before = target - _means[j];
                    _means[j] += before / (Samples + i + 1);
                    _deviations[j] += before * (target - _means[j]);
                }
            }
        }

        protected override double Compute()
        {
            if (Samples < 2)
                return double.NaN;
            double sum = 0;
            for (int i = 0; i < _errors.Length; i++)
                sum += Score(_errors[i], _deviations[i]);
            return sum / _errors.Length;
        }

        protected override void Clear()
        {
            Array.Clear(_errors);
            Array.Clear(_means);
            Array.Clear(_deviations);
        }

        protected override void ExchangeState(StateExchange values)
        {
            values.Values(_errors.AsSpan());
            values.Values(_first.AsSpan());
            values.Values(_means.AsSpan());
            values.Values(_deviations.AsSpan());
        }

        private static double Score(double errors, double deviations)
        {
            if (deviations != 0)
                return 1 - errors / deviations;
            return errors == 0 ? 1 : double.IsNaN(errors) ? double.NaN : 0;
        }
    }
}
