using static System.FormattableString;

namespace Shapes;

/// <summary>The mean of 20 values with its 95 % confidence interval.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Margin">How far the interval reaches to each side.</param>
internal sealed record Interval(double Mean, double Margin)
{
    /// <summary>Number of values.</summary>
    public const int Values = 20;

    /// <summary>The 97.5th percentile of Student's t distribution with 19 degrees of freedom.</summary>
    private const double StudentT = 2.093024;

    /// <summary>Whether all of the interval is above 0.</summary>
    public bool IsPositive => Mean - Margin > 0;

    /// <summary>Whether all of the interval is below 0.</summary>
    public bool IsNegative => Mean + Margin < 0;

    /// <summary>The interval for the mean of independent values.</summary>
    /// <exception cref="ArgumentException">There are not 20 values.</exception>
    public static Interval Of(IReadOnlyCollection<double> values)
    {
        if (values.Count != Values)
            throw new ArgumentException(Invariant($"There must be {Values} values, but got {values.Count}."), nameof(values));
        double mean = values.Average();
        double variance = values.Sum(value => (value - mean) * (value - mean)) / (Values - 1);
        return new Interval(mean, StudentT * Math.Sqrt(variance / Values));
    }

    /// <summary>The interval of a score: 71.5 ± 3.6.</summary>
    public override string ToString() => Invariant($"{Mean:0.0} ± {Margin:0.0}");

    /// <summary>The interval of a difference: +9.1 ± 3.0.</summary>
    public string ToSignedString() => Invariant($"{Mean:+0.0;-0.0} ± {Margin:0.0}");
}
