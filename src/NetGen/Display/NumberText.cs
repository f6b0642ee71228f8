using System.Globalization;

using static System.FormattableString;

namespace NetGen;

/// <summary>Results as text, the same under every culture.</summary>
internal static class NumberText
{
    /// <summary>A loss with four decimals, or with an exponent where these would show next to nothing or far too much.</summary>
    public static string Loss(double loss) =>
        loss.ToString(Math.Abs(loss) is (> 1e-3 and < 1e6) or 0 ? "F4" : "0.0000e+00", CultureInfo.InvariantCulture);

    /// <summary>A share with four decimals; <c>-</c> for NaN, the share of no samples.</summary>
    public static string Share(double share) =>
        double.IsNaN(share) ? "-" : share.ToString("F4", CultureInfo.InvariantCulture);

    /// <summary>An integer without separators.</summary>
    public static string Integer(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>As Keras writes durations: <c>1:02:03</c>, <c>2:03</c>, <c>3s</c>.</summary>
    public static string Duration(TimeSpan duration)
    {
        long seconds = (long)Math.Round(duration.TotalSeconds);
        return seconds >= 3600 ? Invariant($"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}")
            : seconds >= 60 ? Invariant($"{seconds / 60}:{seconds % 60:00}")
            : Invariant($"{seconds}s");
    }

    /// <summary>As Keras writes the time of a step: <c>2s</c>, <c>50ms</c>, <c>250us</c>.</summary>
    public static string StepDuration(TimeSpan duration) => duration.TotalSeconds switch
    {
        >= 1 => Invariant($"{duration.TotalSeconds:F0}s"),
        >= 1e-3 => Invariant($"{duration.TotalMilliseconds:F0}ms"),
        _ => Invariant($"{duration.TotalMicroseconds:F0}us"),
    };
}
