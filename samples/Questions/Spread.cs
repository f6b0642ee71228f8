using static System.FormattableString;

namespace Questions;

/// <summary>What several seeds gave.</summary>
/// <param name="Mean">The mean over the seeds.</param>
/// <param name="Least">The smallest value.</param>
/// <param name="Most">The largest value.</param>
internal readonly record struct Spread(double Mean, double Least, double Most)
{
    /// <summary>Summarizes one value of each seed.</summary>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return new Spread(all.Average(), all.Min(), all.Max());
    }

    /// <summary>The mean, and in brackets the smallest and the largest value.</summary>
    /// <param name="format">The format of a number.</param>
    public string Text(string format) => Invariant($"{Number(Mean, format)} ({Number(Least, format)} to {Number(Most, format)})");

    /// <summary>The same for shares, in per cent.</summary>
    public string Percent => new Spread(100 * Mean, 100 * Least, 100 * Most).Text("0.0");

    private static string Number(double value, string format) => value.ToString(format, System.Globalization.CultureInfo.InvariantCulture);
}
