using System.Runtime.CompilerServices;

namespace NetGen.Numerics;

/// <summary>
/// Normally distributed numbers by the method of Box and Muller (1958), from additions, multiplications, divisions and
/// square roots alone: those are rounded alike everywhere, so a seed gives the same bits on every processor and system,
/// which the logarithm and the sine of the platform's own library would not.
/// </summary>
internal static class Gaussian
{
    /// <summary>The bits of sqrt(1/2), where <see cref="Log"/> goes over to the next exponent.</summary>
    public const long HalfRootBits = 0x3FE6A09E667F3BCD;

    /// <summary>The natural logarithm of 2.</summary>
    public const double Log2 = 0.69314718055994530942;

    /// <summary>The angle of one step of <see cref="SinCosTurn"/>.</summary>
    public const double RadiansPerStep = 2 * Math.PI / 4294967296.0;

    /// <summary>atanh(s) / s by powers of s^2, the highest first.</summary>
    public static ReadOnlySpan<double> LogSeries => [1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3, 1];

    /// <summary>sin(x) / x by powers of x^2, the highest first.</summary>
    public static ReadOnlySpan<double> SineSeries =>
        [1.0 / 6227020800, -1.0 / 39916800, 1.0 / 362880, -1.0 / 5040, 1.0 / 120, -1.0 / 6, 1];

    /// <summary>cos(x) by powers of x^2, the highest first.</summary>
    public static ReadOnlySpan<double> CosineSeries =>
        [-1.0 / 87178291200, 1.0 / 479001600, -1.0 / 3628800, 1.0 / 40320, -1.0 / 720, 1.0 / 24, -1.0 / 2, 1];

    /// <summary>Two independent numbers with mean 0 and variance 1, from two uniform words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (double First, double Second) Pair(uint radiusWord, uint angleWord)
    {
        double radius = Math.Sqrt(Log((radiusWord + 0.5) * (1.0 / 4294967296.0)) * -2.0);
        (double sine, double cosine) = SinCosTurn(angleWord);
        return (radius * cosine, radius * sine);
    }

    /// <summary>The natural logarithm of a normal positive number, to about 1e-13.</summary>
    public static double Log(double x)
    {
        // x = m 2^e with m in [sqrt(1/2), sqrt(2)); log m = 2 atanh(s), s = (m - 1) / (m + 1), |s| < 0.1716.
        long bits = BitConverter.DoubleToInt64Bits(x);
        long exponent = (bits - HalfRootBits) >> 52;
        double m = BitConverter.Int64BitsToDouble(bits - (exponent << 52));
        double s = (m - 1) / (m + 1);
        return (exponent * Log2) + (s * 2 * Series(LogSeries, s * s));
    }

    /// <summary>Sine and cosine of <paramref name="word"/> / 2^32 turns, to about 1e-13.</summary>
    public static (double Sine, double Cosine) SinCosTurn(uint word)
    {
        // The nearest quarter turn by integers, then Taylor's series on the eighth of a turn that remains.
        ulong quarter = (word + 0x20000000ul) >> 30;
        double x = ((long)word - (long)(quarter << 30)) * RadiansPerStep;
        double sine = Series(SineSeries, x * x) * x;
        double cosine = Series(CosineSeries, x * x);
        return (quarter & 3) switch
        {
            0 => (sine, cosine),
            1 => (cosine, -sine),
            2 => (-sine, -cosine),
            _ => (-cosine, sine),
        };
    }

    private static double Series(ReadOnlySpan<double> coefficients, double z)
    {
        double sum = coefficients[0];
        foreach (double coefficient in coefficients[1..]) sum = (sum * z) + coefficient;
        return sum;
    }
}
