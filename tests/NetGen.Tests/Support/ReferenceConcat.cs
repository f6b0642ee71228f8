namespace NetGen.Tests.Support;

/// <summary>The channels of x, then those of the outputs of earlier layers; each takes its part of the gradient.</summary>
/// <param name="joined">The activations that are joined.</param>
/// <param name="channels">The channels of x and of each of them.</param>
internal sealed class ReferenceConcat(int[] joined, int[] channels) : ReferenceLayer
{
    private readonly int _all = channels.Sum();

    public override IReadOnlyList<int> Joined => joined;

    public override double[] Forward(double[] x, int sample) => Spread(x, 0);

    public override double[] Backward(double[] x, double[] dy, int sample) => Part(dy, 0);

    public override double[] Joining(int join, double[] x) => Spread(x, join + 1);

    public override double[] Parting(int join, double[] dy) => Part(dy, join + 1);

    /// <summary>The values at their channels, and 0 at those of the others.</summary>
    private double[] Spread(double[] values, int which)
    {
        double[] all = new double[values.Length / channels[which] * _all];
        for (int i = 0; i < values.Length; i++) all[Place(i, which)] = values[i];
        return all;
    }

    private double[] Part(double[] all, int which) =>
        [.. Enumerable.Range(0, all.Length / _all * channels[which]).Select(i => all[Place(i, which)])];

    private int Place(int i, int which) => (i / channels[which] * _all) + channels.Take(which).Sum() + (i % channels[which]);
}
