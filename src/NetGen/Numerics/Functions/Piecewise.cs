using System.Runtime.CompilerServices;

namespace NetGen.Numerics;

/// <summary>Activations with one formula for positive values and another one for negative values.</summary>
internal static class Piecewise
{
    /// <summary>ELU and SELU: <c>scale·x</c> where x is positive, otherwise <c>alpha·(eˣ − 1)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Elu<T>(T x, float scale, float alpha)
        where T : struct, IVectorBits<T>, IFloatVector<T> => T.Select(T.GreaterThan(x, 0f), scale * x, alpha * Exponential.Expm1(x));

    /// <summary>The derivative of <see cref="Elu"/>, from its output: for negative x, <c>alpha·eˣ = y + alpha</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T EluDerivative<T>(T y, float scale, float alpha)
        where T : struct, IVectorBits<T>, IFloatVector<T> => T.Select(T.GreaterThan(y, 0f), scale, y + alpha);

    /// <summary>HardSwish, <c>x·min(max(x + 3, 0), 6) / 6</c>, and 0 at −∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T HardSwish<T>(T x)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        T limited = T.AtLeast(x, -3f);
        return limited * T.AtMost(limited + 3f, 6f) * (1f / 6);
    }

    /// <summary>The derivative of HardSwish: 0 below −3, 1 from 3 on, <c>x/3 + 1/2</c> between.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T HardSwishDerivative<T>(T x)
        where T : struct, IVectorBits<T>, IFloatVector<T> =>
        T.Select(T.LessThan(x, -3f), 0f, T.Select(T.LessThan(x, 3f), T.MultiplyAdd(x, 1f / 3, 0.5f), 1f));
}
