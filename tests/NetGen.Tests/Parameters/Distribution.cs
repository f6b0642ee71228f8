namespace NetGen.Tests.Parameters;

/// <summary>Exact distribution functions, and how far drawn values are from them.</summary>
internal static class Distribution
{
    /// <summary>
    /// The bound of Kolmogorov and Smirnov for <see cref="Distance"/> times the root of the number of values: larger for one in a thousand samples
    /// of the distribution itself.
    /// </summary>
    public const double Bound = 1.95;

    /// <summary>The distribution function of the uniform distribution on [-limit, limit).</summary>
    public static Func<double, double> Uniform(double limit) => x => Math.Clamp((x + limit) / (2 * limit), 0, 1);

    /// <summary>The distribution function of the normal distribution with mean 0.</summary>
    public static Func<double, double> Normal(double deviation) => x => StandardNormal(x / deviation);

    /// <summary>The largest distance between the distribution function and the share of the values that are not larger.</summary>
    public static double Distance(IEnumerable<float> values, Func<double, double> function)
    {
        double[] sorted = [.. values.Select(x => (double)x).Order()];
        double distance = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double expected = function(sorted[i]);
            distance = Math.Max(distance, Math.Max(expected - ((double)i / sorted.Length), ((i + 1.0) / sorted.Length) - expected));
        }

        return distance;
    }

    // Half and the density times x + x³/3 + x⁵/(3·5) + …, which converges everywhere.
    private static double StandardNormal(double x)
    {
        if (Math.Abs(x) > 7) return x < 0 ? 0 : 1;
        double term = x, sum = x;
        for (int i = 3; Math.Abs(term) > 1e-17; i += 2)
        {
            term *= x * x / i;
            sum += term;
        }

        return 0.5 + (sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
    }
}
