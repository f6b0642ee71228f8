using System.Runtime.CompilerServices;

namespace NetGen.Numerics;

/// <summary>
/// Exponential functions. An argument is <c>n·ln 2 + r</c> with a whole number n; e^r is a polynomial, whose coefficients are a least-squares fit
/// with weights that make the largest error small (Lawson 1961).
/// </summary>
internal static class Exponential
{
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts (Cody and Waite 1980). The first has 9 bits, so that n times it is exact.
    public const float Ln2High = 0.693359375f;
    public const float Ln2Low = -2.12194440e-4f;

    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        // Beyond these limits the result is ∞ or 0 anyway.
        T power = OfRemainder(Remainder(T.AtMost(T.AtLeast(x, -104f), 89f), out T n));
        return T.Scale(power, n);
    }

    /// <summary>eˣ − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Expm1<T>(T x)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        T limited = T.AtMost(T.AtLeast(x, -20f), 89f);
        T n = T.Floor(T.MultiplyAdd(limited, Log2E, 0.5f));
        T r = T.MultiplyAdd(n, -Ln2Low, T.MultiplyAdd(n, -Ln2High, limited));
        T q = T.MultiplyAdd(r, 0.00019913558f, 0.0013941012f);
        q = T.MultiplyAdd(q, r, 0.008333274f);
        q = T.MultiplyAdd(q, r, 0.041666355f);
        q = T.MultiplyAdd(q, r, 0.16666667f);
        q = T.MultiplyAdd(q, r, 0.5f);

        // 2ⁿ·(e^r − 1) + (2ⁿ − 1), computed with half of 2ⁿ, because 2¹²⁸ is no float.
        T half = T.PowerOfTwo(n - 1f);
        T y = T.MultiplyAdd(half, T.MultiplyAdd(r * r, q, r), half - 0.5f);
        return T.Select(T.LessThan(T.Abs(x), 1e-8f), x, y + y);
    }

    /// <summary>For x = n·ln 2 + r: r, from 0 to ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Remainder<T>(T x, out T n)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        n = T.Floor(x * Log2E);
        return T.MultiplyAdd(n, -Ln2Low, T.MultiplyAdd(n, -Ln2High, x));
    }

    /// <summary>e^r for r from 0 to ln 2; non-decreasing, as <see cref="Fraction"/> is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T OfRemainder<T>(T r)
        where T : struct, IVectorBits<T>, IFloatVector<T> => 1f + Fraction(r);

    /// <summary>
    /// e^r − 1 for r from 0 to ln 2. There all coefficients and r are positive, so each step is non-decreasing in r, rounding included, and the
    /// result is, too.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Fraction<T>(T r)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        T q = T.MultiplyAdd(r, 0.0019268128f, 0.007841788f);
        q = T.MultiplyAdd(q, r, 0.041872617f);
        q = T.MultiplyAdd(q, r, 0.16662706f);
        q = T.MultiplyAdd(q, r, 0.50000274f);
        return T.MultiplyAdd(r * r, q, r);
    }

    /// <summary><c>value·2ⁿ</c>, where the processor has no instruction for it: only the last factor can leave the range of normal numbers, so it is rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ScaleInSteps<T>(T value, T n)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        T half = T.Floor(n * 0.5f);
        return value * T.PowerOfTwo(half) * T.PowerOfTwo(n - half);
    }
}
