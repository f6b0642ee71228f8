using Xunit;
using static System.FormattableString;

namespace NetGen.Tests.Parity;

/// <summary>Compares means and spreads of two samples of 10 values each, at a level of 0.1 %.</summary>
internal static class WelchTest
{
    private const int Count = 10;

    /// <summary>The largest ratio of two variances: the 99.95th percentile of the F distribution with 9 and 9 degrees of freedom.</summary>
    private const double LargestRatio = 12.076;

    // The 99.95th percentiles of Student's t distribution for 9 to 18 degrees of freedom.
    private static readonly double[] LargestT = [4.781, 4.587, 4.437, 4.318, 4.221, 4.140, 4.073, 4.015, 3.965, 3.922];

    /// <summary>Fails if the means differ by more than chance (Welch's t test), or the variances (F test); both tests are two-sided.</summary>
    public static void SameDistribution(string what, double[] expected, double[] actual)
    {
        (double expectedMean, double expectedVariance) = Moments(expected);
        (double actualMean, double actualVariance) = Moments(actual);
        double a = expectedVariance / Count, b = actualVariance / Count;
        double t = (actualMean - expectedMean) / Math.Sqrt(a + b);

        // From 9 to 18, and rounded down.
        int freedom = Math.Clamp((int)((a + b) * (a + b) * (Count - 1) / ((a * a) + (b * b))), 9, 18);
        string values = Invariant($"{what}: {actualMean:F4} ± {Math.Sqrt(actualVariance):F4}, PyTorch {expectedMean:F4} ± {Math.Sqrt(expectedVariance):F4}");
        Assert.True(Math.Abs(t) <= LargestT[freedom - 9], Invariant($"{values}: t is {t:F2} with {freedom} degrees of freedom"));
        Assert.True(
            actualVariance <= LargestRatio * expectedVariance && expectedVariance <= LargestRatio * actualVariance,
            Invariant($"{values}: the variances differ by a factor of {actualVariance / expectedVariance:F2}"));
    }

    private static (double Mean, double Variance) Moments(double[] values)
    {
        Assert.Equal(Count, values.Length);
        double mean = values.Average();
        return (mean, values.Sum(value => (value - mean) * (value - mean)) / (Count - 1));
    }
}
