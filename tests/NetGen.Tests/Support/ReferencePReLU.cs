namespace NetGen.Tests.Support;

/// <summary>The value where it is positive, otherwise the value times a trained slope.</summary>
/// <param name="name">Name of the layer.</param>
/// <param name="channels">The slope of each value.</param>
internal sealed class ReferencePReLU(string name, int[] channels) : ReferenceLayer
{
    private readonly ReferenceParameter _weight = new(name + ".weight", channels.Max() + 1);

    public override ReferenceParameter[] Parameters => [_weight];

    public override double[] Forward(double[] x, int sample) => [.. x.Select((v, i) => v > 0 ? v : Slope(i) * v)];

    public override double[] Backward(double[] x, double[] dy, int sample)
    {
        for (int i = 0; i < x.Length; i++)
            if (x[i] <= 0)
                _weight.Gradients[channels[i % channels.Length]] += dy[i] * x[i];
        return [.. x.Select((v, i) => v > 0 ? dy[i] : Slope(i) * dy[i])];
    }

    public override double Margin(double[] x) =>
        x.Where(v => v != 0).Select(Math.Abs).DefaultIfEmpty(double.PositiveInfinity).Min();

    private double Slope(int i) => _weight.Values[channels[i % channels.Length]];
}
