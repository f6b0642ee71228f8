using System.Runtime.CompilerServices;

namespace NetGen.Numerics;

/// <summary>
/// Normally distributed numbers by the method of Box and Muller (1958), from additions, multiplications, divisions and
/// square roots alone: those are rounded alike everywhere, so a seed gives the same bits on every processor and system,
/// which the logarithm and the sine of the platform's own library would not.
/// </summary>
internal static class Gaussian
{
    /// <summary>Two independent numbers with mean 0 and variance 1, from two uniform words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (double First, double Second) Pair(uint radiusWord, uint angleWord)
    {
        double radius = Math.Sqrt(-2 * Log((radiusWord + 0.5) * (1.0 / 4294967296.0)));
        (double sine, double cosine) = SinCosTurn(angleWord);
        return (radius * cosine, radius * sine);
    }

    /// <summary>The natural logarithm of a normal positive number, to about 1e-13.</summary>
    internal static double Log(double x)
    {
        // x = m 2^e with m in [sqrt(1/2), sqrt(2)); log m = 2 atanh(s), s = (m - 1) / (m + 1), |s| < 0.1716.
        ulong bits = BitConverter.DoubleToUInt64Bits(x);
        const ulong HalfRootBits = 0x3FE6A09E667F3BCD;
        long shifted = (long)(bits - HalfRootBits);
        long exponent = shifted >> 52;
        double m = BitConverter.UInt64BitsToDouble(bits - ((ulong)exponent << 52));
        double s = (m - 1) / (m + 1);
        double z = s * s;
        double series = 1.0 / 15;
        series = (series * z) + (1.0 / 13);
        series = (series * z) + (1.0 / 11);
        series = (series * z) + (1.0 / 9);
        series = (series * z) + (1.0 / 7);
        series = (series * z) + (1.0 / 5);
        series = (series * z) + (1.0 / 3);
        series = (series * z) + 1;
        const double Log2 = 0.69314718055994530942;
        return (exponent * Log2) + (2 * s * series);
    }

    /// <summary>Sine and cosine of <paramref name="word"/> / 2^32 turns, to about 1e-13.</summary>
    internal static (double Sine, double Cosine) SinCosTurn(uint word)
    {
        // The nearest quarter turn by integers, then Taylor's series on the eighth of a turn that remains.
        uint quarter = (word + 0x20000000u) >> 30;
        int rest = (int)(word - (quarter << 30));
        const double RadiansPerStep = 2 * Math.PI / 4294967296.0;
        double x = rest * RadiansPerStep;
        double z = x * x;
        double sine = 1.0 / 6227020800;
        sine = (sine * z) - (1.0 / 39916800);
        sine = (sine * z) + (1.0 / 362880);
        sine = (sine * z) - (1.0 / 5040);
        sine = (sine * z) + (1.0 / 120);
        sine = (sine * z) - (1.0 / 6);
        sine = ((sine * z) + 1) * x;
        double cosine = -1.0 / 87178291200;
        cosine = (cosine * z) + (1.0 / 479001600);
        cosine = (cosine * z) - (1.0 / 3628800);
        cosine = (cosine * z) + (1.0 / 40320);
        cosine = (cosine * z) - (1.0 / 720);
        cosine = (cosine * z) + (1.0 / 24);
        cosine = (cosine * z) - (1.0 / 2);
        cosine = (cosine * z) + 1;
        return (quarter & 3) switch
        {
            0 => (sine, cosine),
            1 => (cosine, -sine),
            2 => (-sine, -cosine),
            _ => (-cosine, sine),
        };
    }
}
