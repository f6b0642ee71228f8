namespace NetGen.Tests.Support;

/// <summary>
/// y = (x - mean) / sqrt(variance + epsilon)·weight + bias for each channel, with the statistics of the batch in training and the running ones
/// otherwise; frozen, always with the running ones.
/// </summary>
/// <param name="name">Name of the layer.</param>
/// <param name="columns">Where in PyTorch's parameters each channel is found; their order differs after Flatten.</param>
/// <param name="momentum">The share of the batch in the running statistics.</param>
/// <param name="epsilon">What is added to the variance.</param>
/// <param name="trainable">Whether it is trained.</param>
internal sealed class ReferenceBatchNorm(string name, int[] columns, double momentum, double epsilon, bool trainable) : ReferenceLayer
{
    private readonly ReferenceParameter _weight = new(name + ".weight", columns.Length);
    private readonly ReferenceParameter _bias = new(name + ".bias", columns.Length);
    private readonly ReferenceParameter _mean = new(name + ".running_mean", columns.Length);
    private readonly ReferenceParameter _variance = new(name + ".running_var", columns.Length);

    public override ReferenceParameter[] Parameters => [_weight, _bias, _mean, _variance];

    /// <summary>The running statistics after a training step on these inputs, by name.</summary>
    public IEnumerable<(string Name, double[] Values)> Moved(double[][] x)
    {
        if (!trainable) return [(_mean.Name, _mean.Values), (_variance.Name, _variance.Values)];
        (double[] mean, double[] variance, int count) = Statistics(x);
        return
        [
            (_mean.Name, Mix(_mean.Values, mean)),
            (_variance.Name, Mix(_variance.Values, [.. variance.Select(v => v * count / (count - 1))])),
        ];

        double[] Mix(double[] running, double[] batch) => [.. running.Select((v, c) => ((1 - momentum) * v) + (momentum * batch[c]))];
    }

    public override double[] Forward(double[] x, int sample) => Normalize(x, _mean.Values, _variance.Values);

    public override double[] Backward(double[] x, double[] dy, int sample) =>
        [.. dy.Select((d, i) => d * _weight.Values[Channel(i)] / Math.Sqrt(_variance.Values[Channel(i)] + epsilon))];

    public override double[][] Forward(double[][] x)
    {
        if (!trainable) return base.Forward(x);
        (double[] mean, double[] variance, _) = Statistics(x);
        return [.. x.Select(values => Normalize(values, mean, variance))];
    }

    /// <summary>
    /// With x̂ the normalised input, dx = weight / sqrt(variance + epsilon)·(dy - mean of dy - x̂·mean of dy·x̂): mean and variance depend on x, too.
    /// </summary>
    public override double[][] Backward(double[][] x, double[][] dy)
    {
        if (!trainable) return base.Backward(x, dy);
        (double[] mean, double[] variance, int count) = Statistics(x);
        double[] biasGradients = new double[columns.Length];
        double[] weightGradients = new double[columns.Length];
        for (int sample = 0; sample < x.Length; sample++)
        {
            for (int i = 0; i < x[sample].Length; i++)
            {
                biasGradients[Channel(i)] += dy[sample][i];
                weightGradients[Channel(i)] += dy[sample][i] * Normalized(sample, i);
            }
        }

        for (int c = 0; c < columns.Length; c++)
        {
            _bias.Gradients[c] += biasGradients[c];
            _weight.Gradients[c] += weightGradients[c];
        }

        double[] means = [.. biasGradients.Select(sum => Disturbance(sum / count))];
        double[] products = [.. weightGradients.Select(sum => Disturbance(sum / count))];
        return [.. x.Select((values, sample) => values.Select((_, i) =>
        {
            int c = Channel(i);
            return _weight.Values[c] / Math.Sqrt(variance[c] + epsilon)
                * (dy[sample][i] - means[c] - (Normalized(sample, i) * products[c]));
        }).ToArray())];

        double Normalized(int sample, int i) => (x[sample][i] - mean[Channel(i)]) / Math.Sqrt(variance[Channel(i)] + epsilon);
    }

    private double[] Normalize(double[] x, double[] mean, double[] variance) =>
        [.. x.Select((v, i) => ((v - mean[Channel(i)]) / Math.Sqrt(variance[Channel(i)] + epsilon) * _weight.Values[Channel(i)]) + _bias.Values[Channel(i)])];

    /// <summary>The place of the channel of value i in the parameters.</summary>
    private int Channel(int i) => columns[i % columns.Length];

    /// <summary>Mean and biased variance of each channel, and of how many values.</summary>
    private (double[] Mean, double[] Variance, int Count) Statistics(double[][] x)
    {
        int count = x.Length * x[0].Length / columns.Length;
        double[] mean = new double[columns.Length];
        double[] variance = new double[columns.Length];
        foreach (double[] values in x)
            for (int i = 0; i < values.Length; i++)
                mean[Channel(i)] += values[i] / count;
        foreach (double[] values in x)
            for (int i = 0; i < values.Length; i++)
                variance[Channel(i)] += (values[i] - mean[Channel(i)]) * (values[i] - mean[Channel(i)]) / count;
        return ([.. mean.Select(Disturbance)], [.. variance.Select(Disturbance)], count);
    }
}
