namespace NetGen.Tests.Support;

/// <summary>y = (x - mean) / sqrt(variance + epsilon)·weight + bias, with mean and biased variance of the channels of each position.</summary>
/// <param name="name">Name of the layer.</param>
/// <param name="columns">Where in PyTorch's parameters each channel is found; their order differs after Flatten.</param>
/// <param name="epsilon">What is added to the variance.</param>
internal sealed class ReferenceLayerNorm(string name, int[] columns, double epsilon) : ReferenceLayer
{
    private readonly ReferenceParameter _weight = new(name + ".weight", columns.Length);
    private readonly ReferenceParameter _bias = new(name + ".bias", columns.Length);

    public override ReferenceParameter[] Parameters => [_weight, _bias];

    public override double[] Forward(double[] x, int sample) => [.. x
        .Chunk(columns.Length)
        .SelectMany(position => Normalized(position).Values.Select((v, c) => (v * _weight.Values[columns[c]]) + _bias.Values[columns[c]]))];

    public override double[] Backward(double[] x, double[] dy, int sample) => [.. x
        .Chunk(columns.Length)
        .Zip(dy.Chunk(columns.Length))
        .SelectMany(position => Backward(position.First, position.Second))];

    /// <summary>With x̂ the normalised input and g = dy·weight, dx = (g - mean of g - x̂·mean of g·x̂) / sqrt(variance + epsilon).</summary>
    private double[] Backward(double[] x, double[] dy)
    {
        (double[] normalized, double deviation) = Normalized(x);
        double[] g = [.. dy.Select((d, c) => d * _weight.Values[columns[c]])];
        double mean = Disturbance(g.Average());
        double product = Disturbance(g.Zip(normalized, (d, v) => d * v).Average());
        for (int c = 0; c < dy.Length; c++)
        {
            _weight.Gradients[columns[c]] += dy[c] * normalized[c];
            _bias.Gradients[columns[c]] += dy[c];
        }

        return [.. g.Select((d, c) => (d - mean - (normalized[c] * product)) / deviation)];
    }

    private (double[] Values, double Deviation) Normalized(double[] x)
    {
        double mean = Disturbance(x.Average());
        double deviation = Math.Sqrt(Disturbance(x.Average(v => (v - mean) * (v - mean))) + epsilon);
        return ([.. x.Select(v => (v - mean) / deviation)], deviation);
    }
}
