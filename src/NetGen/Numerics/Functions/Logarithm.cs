using System.Runtime.CompilerServices;

namespace NetGen.Numerics;

/// <summary>Logarithms. An argument is <c>(1 + r)·2^e</c>; log(1 + r) is <c>r − r²/2 + r³·q(r)</c> with a fitted polynomial q.</summary>
internal static class Logarithm
{
    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>The natural logarithm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T>(T x)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        T denormal = T.LessThan(x, SmallestNormal);
        T m = T.Split(T.Select(denormal, x * 33554432f, x), out T exponent);
        exponent -= T.Select(denormal, 25f, 0f);
        T y = T.MultiplyAdd(exponent, Exponential.Ln2High, Sum(m - 1f, exponent * Exponential.Ln2Low));

        // Comparisons with a NaN are false: the first line keeps it, and ∞.
        y = T.Select(T.LessThan(x, float.PositiveInfinity), y, x);
        y = T.Select(T.LessThan(x, 0f), float.NaN, y);
        return T.Select(T.LessThan(T.Abs(x), float.Epsilon), float.NegativeInfinity, y);
    }

    /// <summary>
    /// log(1 + eˣ): for small |x| ln 2 + x/2 + x²·q(x²), otherwise max(x, 0) + log(1 + e^−|x|). Above 20 it is x, because the second term is less
    /// than half an ulp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Softplus<T>(T x)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        T size = T.Abs(x);
        T square = size * size;
        T q = T.MultiplyAdd(square, 1.7654884e-06f, -2.6045303e-05f);
        q = T.MultiplyAdd(q, square, 0.0003471047f);
        q = T.MultiplyAdd(q, square, -0.0052083135f);
        q = T.MultiplyAdd(q, square, 0.125f);
        T small = T.MultiplyAdd(square, q, x * 0.5f) + 0.693147181f;
        T large = T.AtLeast(x, 0f) + Sum(Exponential.Exp(-size), 0f);
        return T.Select(T.LessThan(size, 0.8825f), small, large);
    }

    /// <summary>
    /// log(1 + x) for x from 0 to 1. Where 1 + x is above √2, it is halved, and ln 2 is added. Its error is below 1.5 ulp; it is not always non-decreasing.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T OfOnePlus<T>(T x)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        T isHalved = T.GreaterThan(x, 0.414213562f);
        T r = T.Select(isHalved, (x - 1f) * 0.5f, x);
        return T.Select(isHalved, 0.693147181f, 0f) + Sum(r, 0f);
    }

    /// <summary>log(1 + r) for r from √½ − 1 to √2 − 1, and a smaller addend.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Sum<T>(T r, T addend)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        T q = T.MultiplyAdd(r, 0.06915125f, -0.11789685f);
        q = T.MultiplyAdd(q, r, 0.1187302f);
        q = T.MultiplyAdd(q, r, -0.12384372f);
        q = T.MultiplyAdd(q, r, 0.14218655f);
        q = T.MultiplyAdd(q, r, -0.1666925f);
        q = T.MultiplyAdd(q, r, 0.20002227f);
        q = T.MultiplyAdd(q, r, -0.24999987f);
        q = T.MultiplyAdd(q, r, 0.3333331f);
        T square = r * r;
        return r + T.MultiplyAdd(square, -0.5f, T.MultiplyAdd(square * r, q, addend));
    }
}
