using NetGen.Tests.Support;

namespace NetGen.RandomNetworks.Checks;

/// <summary>What the reference gives for a prediction and a training step.</summary>
internal sealed record ExpectedResult(double[] Predictions, ReferenceResult Step, IReadOnlyDictionary<string, double[]> Statistics);

/// <summary>
/// The results of the reference, and those with random errors between the layers, of at most 2^-24 as float32 has them. How far these lie apart shows
/// how much the network makes of rounding errors: that much, times <see cref="Roundings"/>, a float32 result may be off.
/// </summary>
internal sealed class Expectation
{
    /// <summary>Kernels round after each term of a sum, and the reference is disturbed only where a layer ends.</summary>
    private const double Roundings = 50;

    private const int Trials = 6;

    /// <summary>The largest relative error of rounding to float32.</summary>
    private const double UnitRoundoff = 1.0 / (1 << 24);

    private readonly ExpectedResult _exact;
    private readonly ExpectedResult[] _disturbed;

    /// <summary>Predicts without dropout, then trains with the given masks.</summary>
    public Expectation(ReferenceNetwork reference, float[] inputs, float[] targets, DropoutFactors masks)
    {
        var random = new Random(Seed: 1);
        _exact = Run(value => value);
        _disturbed = [.. Enumerable.Range(0, Trials).Select(_ => Run(value => value * (1 + (UnitRoundoff * ((2 * random.NextDouble()) - 1)))))];

        ExpectedResult Run(Func<double, double> disturbance)
        {
            reference.Disturbance = disturbance;
            DropoutFactors.Remove(reference);
            double[] predictions = reference.Predict(inputs);
            masks.Set(reference);
            return new(predictions, reference.Train(inputs, targets), reference.MovedStatistics(inputs));
        }
    }

    /// <summary>The names of the running statistics.</summary>
    public IEnumerable<string> Statistics => _exact.Statistics.Keys;

    /// <summary>Compares one tensor.</summary>
    public void Check(string what, Func<ExpectedResult, double[]> tensor, float[] actual)
    {
        double[] exact = tensor(_exact);
        double moved = _disturbed.Max(disturbed => exact.Zip(tensor(disturbed), (a, b) => Math.Abs(a - b)).Max());
        Close.Check(what, exact, actual, absolute: Roundings * moved);
    }
}
