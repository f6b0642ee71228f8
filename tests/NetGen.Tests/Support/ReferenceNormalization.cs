namespace NetGen.Tests.Support;

/// <summary>(x - mean) / √variance with statistics of each channel that training leaves alone; a deviation of less than 1e-7 counts as that, as in Keras.</summary>
/// <param name="name">Name of the layer.</param>
/// <param name="channels">The channel of each value of a position.</param>
internal sealed class ReferenceNormalization(string name, int[] channels) : ReferenceLayer
{
    private readonly ReferenceParameter _mean = new(name + ".mean", channels.Length);
    private readonly ReferenceParameter _variance = new(name + ".variance", channels.Length);

    public override ReferenceParameter[] Parameters => [_mean, _variance];

    public override double[] Forward(double[] x, int sample) => [.. x.Select((v, i) => (v - _mean.Values[Channel(i)]) / Deviation(i))];

    public override double[] Backward(double[] x, double[] dy, int sample) => [.. dy.Select((d, i) => d / Deviation(i))];

    private double Deviation(int i) => Math.Max(Math.Sqrt(_variance.Values[Channel(i)]), 1e-7);

    private int Channel(int i) => channels[i % channels.Length];
}
