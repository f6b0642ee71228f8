using System.Runtime.CompilerServices;

namespace NetGen.Numerics;

/// <summary>The error function, and GELU, which is x times the normal distribution function.</summary>
internal static class NormalCurve
{
    private const float InverseRootOfTwoPi = 0.398942280f;

    /// <summary>The error function: x + x·w(x²) for small |x|, otherwise 1 − exp(−p(|x|)), with fitted polynomials.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Erf<T>(T x)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        T size = T.Abs(x);
        T square = size * size;
        T w = T.MultiplyAdd(square, 8.538837e-05f, -0.00081819267f);
        w = T.MultiplyAdd(w, square, 0.005204436f);
        w = T.MultiplyAdd(w, square, -0.026860753f);
        w = T.MultiplyAdd(w, square, 0.112837195f);
        w = T.MultiplyAdd(w, square, -0.37612635f);
        w = T.MultiplyAdd(w, square, 0.12837917f);
        T small = T.MultiplyAdd(size, w, size);

        // From 4 on the result is 1.
        T limited = T.AtMost(size, 4f);
        T p = T.MultiplyAdd(limited, 2.0017893e-05f, -0.00042217958f);
        p = T.MultiplyAdd(p, limited, 0.0041124593f);
        p = T.MultiplyAdd(p, limited, -0.024967713f);
        p = T.MultiplyAdd(p, limited, 0.1080498f);
        p = T.MultiplyAdd(p, limited, 0.633552f);

        // What rounding takes from the slope p is kept: without it, p and the result would decrease here and there by a unit in the last place.
        T product = p * limited;
        T slope = product + 1.1294156f;
        T lost = T.MultiplyAdd(p, limited, -product) + (product - (slope - 1.1294156f));
        p = T.MultiplyAdd(slope, limited, T.MultiplyAdd(lost, limited, -0.00015450358f));
        T large = 1f - (Exponential.OfRemainder(Exponential.Remainder(-p, out T n)) * T.PowerOfTwo(n));
        return T.CopySign(T.Select(T.LessThan(size, 0.875f), small, large), x);
    }

    /// <summary>GELU: max(x, 0) − |x|·Φ(−|x|), which loses no digits on either side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Gelu<T>(T x)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        T size = T.AtMost(T.Abs(x), 15f);
        T power = Bell(size, out T n);
        return T.AtLeast(x, 0f) - T.Scale(power * Tail(size) * size, n);
    }

    /// <summary>The derivative of GELU, Φ(x) + x·φ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T GeluDerivative<T>(T x)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        T size = T.AtMost(T.Abs(x), 15f);
        T power = Bell(size, out T n);
        T below = T.Scale(power * T.MultiplyAdd(size, -InverseRootOfTwoPi, Tail(size)), n);
        return T.Select(T.LessThan(x, 0f), below, 1f - below);
    }

    /// <summary>exp(−x²/2) is the result times 2ⁿ. The square is computed in two parts, because its rounding error would grow with x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Bell<T>(T x, out T n)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        T high = T.Truncate(x);
        T square = high * high * -0.5f;
        T rest = (x - high) * (x + high) * -0.5f;
        Exponential.Remainder(square + rest, out n);
        T r = T.MultiplyAdd(n, -Exponential.Ln2Low, T.MultiplyAdd(n, -Exponential.Ln2High, square) + rest);
        return Exponential.OfRemainder(r);
    }

    /// <summary>Φ(−x)·exp(x²/2) for x from 0 to 15: t times a polynomial in 1 − t, with t = 1 / (1 + 0.3·x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Tail<T>(T x)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        // 1 − t is 0.3·x·t, which loses no digits where x is small.
        T scaled = x * 0.3f;
        T t = 1f / (1f + scaled);
        T s = scaled * t;
        T q = T.MultiplyAdd(s, 0.020627193f, -0.073188215f);
        q = T.MultiplyAdd(q, s, 0.07119132f);
        q = T.MultiplyAdd(q, s, 0.010101663f);
        q = T.MultiplyAdd(q, s, 0.023370571f);
        q = T.MultiplyAdd(q, s, -0.13973431f);
        q = T.MultiplyAdd(q, s, -0.081019476f);
        q = T.MultiplyAdd(q, s, 0.61814517f);
        q = T.MultiplyAdd(q, s, -0.82980716f);
        q = T.MultiplyAdd(q, s, 0.5f);
        return q * t;
    }
}
