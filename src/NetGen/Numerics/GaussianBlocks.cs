using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Numerics;

/// <summary>
/// Eight blocks of <see cref="Philox"/> at once, and the 32 normally distributed numbers that <see cref="Gaussian"/> makes of
/// them: the same operations in the same order, hence the same bits, several times as fast.
/// </summary>
internal static class GaussianBlocks
{
    /// <summary>Numbers made at a time.</summary>
    public const int Length = 32;

    /// <summary>Makes the numbers of eight consecutive counters.</summary>
    /// <param name="key">Philox's key.</param>
    /// <param name="block">The first word of the first counter; those of the others follow.</param>
    /// <param name="x1">The second word of every counter.</param>
    /// <param name="x2">The third word of every counter.</param>
    /// <param name="x3">The fourth word of every counter.</param>
    /// <param name="deviation">The standard deviation; the mean is 0.</param>
    /// <param name="values">Receives <see cref="Length"/> numbers, block by block.</param>
    /// <remarks>A network calls this thousands of times when it is created, before the JIT would optimise it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Fill(ulong key, uint block, uint x1, uint x2, uint x3, double deviation, Span<float> values)
    {
        Vector512<ulong> counters = (Vector512.Create((ulong)block) + Vector512<ulong>.Indices) & Vector512.Create((ulong)uint.MaxValue);
        (Vector512<ulong> r0, Vector512<ulong> r1, Vector512<ulong> r2, Vector512<ulong> r3) =
            Words(key, counters, Vector512.Create((ulong)x1), Vector512.Create((ulong)x2), Vector512.Create((ulong)x3));
        (Vector512<double> a, Vector512<double> b) = Pairs(r0, r1);
        (Vector512<double> c, Vector512<double> d) = Pairs(r2, r3);
        a *= deviation;
        b *= deviation;
        c *= deviation;
        d *= deviation;
        for (int i = 0; i < Vector512<double>.Count; i++)
        {
            Span<float> four = values.Slice(4 * i, 4);
            four[0] = (float)a[i];
            four[1] = (float)b[i];
            four[2] = (float)c[i];
            four[3] = (float)d[i];
        }
    }

    // Every lane holds one word of 32 bits, so that products fit.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<ulong> C0, Vector512<ulong> C1, Vector512<ulong> C2, Vector512<ulong> C3) Words(
        ulong key, Vector512<ulong> c0, Vector512<ulong> c1, Vector512<ulong> c2, Vector512<ulong> c3)
    {
        Vector512<ulong> low = Vector512.Create((ulong)uint.MaxValue);
        (uint k0, uint k1) = ((uint)key, (uint)(key >> 32));
        for (int round = 0; round < Philox.Rounds; round++)
        {
            Vector512<ulong> product0 = c0 * Philox.Multiplier0;
            Vector512<ulong> product1 = c2 * Philox.Multiplier1;
            c0 = (product1 >> 32) ^ c1 ^ Vector512.Create((ulong)k0);
            c1 = product1 & low;
            c2 = (product0 >> 32) ^ c3 ^ Vector512.Create((ulong)k1);
            c3 = product0 & low;
            k0 = unchecked(k0 + Philox.Weyl0);
            k1 = unchecked(k1 + Philox.Weyl1);
        }

        return (c0, c1, c2, c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> First, Vector512<double> Second) Pairs(Vector512<ulong> radiusWords, Vector512<ulong> angleWords)
    {
        Vector512<double> fraction = (Vector512.ConvertToDouble(radiusWords) + Vector512.Create(0.5)) * (1.0 / 4294967296.0);
        Vector512<double> radius = Vector512.Sqrt(Log(fraction) * -2.0);
        (Vector512<double> sine, Vector512<double> cosine) = SinCosTurn(angleWords);
        return (radius * cosine, radius * sine);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Log(Vector512<double> x)
    {
        Vector512<long> bits = x.AsInt64();
        Vector512<long> exponent = (bits - Vector512.Create(Gaussian.HalfRootBits)) >> 52;
        Vector512<double> m = (bits - (exponent << 52)).AsDouble();
        Vector512<double> s = (m - Vector512<double>.One) / (m + Vector512<double>.One);
        Vector512<double> z = s * s;
        Vector512<double> series = Vector512.Create(Gaussian.LogSeries[0]);
        for (int i = 1; i < Gaussian.LogSeries.Length; i++) series = (series * z) + Vector512.Create(Gaussian.LogSeries[i]);
        return (Vector512.ConvertToDouble(exponent) * Gaussian.Log2) + (s * 2.0 * series);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Sine, Vector512<double> Cosine) SinCosTurn(Vector512<ulong> words)
    {
        Vector512<ulong> quarter = (words + Vector512.Create(0x20000000ul)) >> 30;
        Vector512<long> rest = (words - (quarter << 30)).AsInt64();
        Vector512<double> x = Vector512.ConvertToDouble(rest) * Gaussian.RadiansPerStep;
        Vector512<double> z = x * x;
        Vector512<double> sine = Vector512.Create(Gaussian.SineSeries[0]);
        for (int i = 1; i < Gaussian.SineSeries.Length; i++) sine = (sine * z) + Vector512.Create(Gaussian.SineSeries[i]);
        sine *= x;
        Vector512<double> cosine = Vector512.Create(Gaussian.CosineSeries[0]);
        for (int i = 1; i < Gaussian.CosineSeries.Length; i++) cosine = (cosine * z) + Vector512.Create(Gaussian.CosineSeries[i]);

        // Odd quarters exchange the two; the sine is negative in quarters 2 and 3, the cosine in 1 and 2.
        Vector512<double> odd = Vector512.Equals(quarter & Vector512<ulong>.One, Vector512<ulong>.One).AsDouble();
        Vector512<ulong> sineSign = (quarter & Vector512.Create(2ul)) << 62;
        Vector512<ulong> cosineSign = ((quarter + Vector512<ulong>.One) & Vector512.Create(2ul)) << 62;
        return (
            (Vector512.ConditionalSelect(odd, cosine, sine).AsUInt64() ^ sineSign).AsDouble(),
            (Vector512.ConditionalSelect(odd, sine, cosine).AsUInt64() ^ cosineSign).AsDouble());
    }
}
