namespace NetGen.Tests.Support;

/// <summary>
/// How far rounding errors move what a network computes: much where large values cancel, as in front of a normalisation. It is found by running the reference
/// with random errors between its layers, of at most 2^-24 as float32 has them.
/// </summary>
internal static class Disturbances
{
    /// <summary>Kernels round after each term of a sum, and the reference is disturbed only where a layer ends.</summary>
    private const double Roundings = 50;

    private const int Trials = 6;

    /// <summary>The largest relative error of rounding to float32.</summary>
    private const double UnitRoundoff = 1.0 / (1 << 24);

    /// <summary>Runs the reference several times, each time with other errors; afterwards it has none.</summary>
    public static T[] Run<T>(ReferenceNetwork reference, Func<T> run)
    {
        var random = new Random(Seed: 1);
        reference.Disturbance = value => value * (1 + (UnitRoundoff * ((2 * random.NextDouble()) - 1)));
        T[] results = [.. Enumerable.Range(0, Trials).Select(_ => run())];
        reference.Disturbance = value => value;
        return results;
    }

    /// <summary>How far a float32 result may be off.</summary>
    /// <param name="exact">A tensor without errors.</param>
    /// <param name="disturbed">The tensor in each of the runs with errors.</param>
    public static double Allowed(double[] exact, IEnumerable<double[]> disturbed) =>
        Roundings * disturbed.Max(values => exact.Zip(values, (a, b) => Math.Abs(a - b)).Max());
}
