using System.Runtime.CompilerServices;

namespace NetGen.Numerics;

/// <summary>The sigmoid, the hyperbolic tangent, and the activations made of the sigmoid.</summary>
internal static class Logistic
{
    // GELU's tanh form (Hendrycks and Gimpel 2016) is x·sigmoid(2·sqrt(2/π)·(x + 0.044715·x³)).
    private const float GeluLinear = 1.59576912f;
    private const float GeluCubic = 0.0713548163f;

    // 2⁻⁶⁴.
    private const float Unit = 5.42101086e-20f;

    /// <summary>
    /// 1 / (1 + e⁻ˣ). With e⁻ˣ = (1 + f)·2ⁿ the denominator is <c>2ⁿ + (f·2ⁿ + 1)</c>, where each step is non-decreasing in f. Numerator and
    /// denominator are computed times 2⁻⁶⁴, so that they are normal numbers for every n.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid<T>(T x)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        T fraction = Exponential.Fraction(Remainder(x, out T n));
        T power = T.PowerOfTwo(n - 64f);
        return Unit / (power + T.MultiplyAdd(fraction, power, Unit));
    }

    /// <summary>The hyperbolic tangent: x + x³·q(x²) where it is below 1/2, otherwise 1 − 2 / (e²ˣ + 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        T size = T.Abs(x);
        T square = size * size;
        T q = T.MultiplyAdd(square, -0.0062316353f, 0.021043718f);
        q = T.MultiplyAdd(q, square, -0.053846102f);
        q = T.MultiplyAdd(q, square, 0.13332534f);
        q = T.MultiplyAdd(q, square, -0.33333316f);
        T small = T.MultiplyAdd(size, square * q, size);

        // From 10 on the result is 1.
        T limited = T.AtMost(size, 10f);
        T power = Exponential.OfRemainder(Exponential.Remainder(limited + limited, out T n)) * T.PowerOfTwo(n);
        T large = 1f - (2f / (power + 1f));
        return T.CopySign(T.Select(T.LessThan(size, 0.549306144f), small, large), x);
    }

    /// <summary>SiLU, x·sigmoid(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Silu<T>(T x)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        // The limit makes −∞·0 the limit of the function, 0.
        T limited = T.AtLeast(x, -112f);
        return Weighted(limited, limited);
    }

    /// <summary>The derivative of SiLU.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SiluDerivative<T>(T x)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        T limited = T.AtMost(T.AtLeast(x, -112f), 112f);
        T sigmoid = Sigmoid(limited);
        return sigmoid * T.MultiplyAdd(limited, 1f - sigmoid, 1f);
    }

    /// <summary>GELU in the tanh form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T GeluTanh<T>(T x)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        T limited = T.AtLeast(x, -16f);
        return Weighted(limited, limited * T.MultiplyAdd(limited * limited, GeluCubic, GeluLinear));
    }

    /// <summary>The derivative of GELU in the tanh form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T GeluTanhDerivative<T>(T x)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        T limited = T.AtMost(T.AtLeast(x, -16f), 16f);
        T square = limited * limited;
        T sigmoid = Sigmoid(limited * T.MultiplyAdd(square, GeluCubic, GeluLinear));
        T slope = T.MultiplyAdd(square, 3 * GeluCubic, GeluLinear);
        return sigmoid * T.MultiplyAdd(limited * slope, 1f - sigmoid, 1f);
    }

    /// <summary>
    /// <c>weight·sigmoid(x)</c>. With e⁻ˣ = (1 + f)·2ⁿ this is <c>weight / (1 + f + 2⁻ⁿ) · 2⁻ⁿ</c>, where nothing overflows, and each step is
    /// non-decreasing in x.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Weighted<T>(T weight, T x)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        T fraction = Exponential.Fraction(Remainder(x, out T n));

        // Of the three terms of the denominator, the smaller two are added first.
        T power = T.Scale(1f, -n);
        T denominator = T.AtLeast(power, 1f) + (T.AtMost(power, 1f) + fraction);
        return T.Scale(weight / denominator, -n);
    }

    /// <summary>For −x = n·ln 2 + r: r. Beyond the limits of x the sigmoid is 1 or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Remainder<T>(T x, out T n)
        where T : struct, IVectorBits<T>, IFloatVector<T> => Exponential.Remainder(T.AtMost(T.AtLeast(-x, -30f), 112f), out n);
}
