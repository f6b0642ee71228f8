using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NetGen.Numerics;

namespace NetGen.CompilerServices;

/// <content>Activations.</content>
public static partial class Simd256
{
    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x) => Logistic.Sigmoid<Floats256>(x);

    /// <summary>The hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x) => Logistic.Tanh<Floats256>(x);

    /// <summary>log(1 + eˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Softplus(Vector256<float> x) => Logarithm.Softplus<Floats256>(x);

    /// <summary>The derivative of <see cref="Softplus"/>, from its output: the sigmoid of the input is 1 − e⁻ʸ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SoftplusDerivative(Vector256<float> y) => -(Vector256<float>)Exponential.Expm1<Floats256>(-y);

    /// <summary>ELU and SELU: <c>scale·x</c> where x is positive, otherwise <c>alpha·(eˣ − 1)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Elu(Vector256<float> x, float scale, float alpha) => Piecewise.Elu<Floats256>(x, scale, alpha);

    /// <summary>The derivative of <see cref="Elu"/>, from its output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> EluDerivative(Vector256<float> y, float scale, float alpha) => Piecewise.EluDerivative<Floats256>(y, scale, alpha);

    /// <summary>GELU, x·Φ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Gelu(Vector256<float> x) => NormalCurve.Gelu<Floats256>(x);

    /// <summary>The derivative of <see cref="Gelu"/>, from its input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> GeluDerivative(Vector256<float> x) => NormalCurve.GeluDerivative<Floats256>(x);

    /// <summary>GELU in the tanh form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> GeluTanh(Vector256<float> x) => Logistic.GeluTanh<Floats256>(x);

    /// <summary>The derivative of <see cref="GeluTanh"/>, from its input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> GeluTanhDerivative(Vector256<float> x) => Logistic.GeluTanhDerivative<Floats256>(x);

    /// <summary>SiLU, x·sigmoid(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Silu(Vector256<float> x) => Logistic.Silu<Floats256>(x);

    /// <summary>The derivative of <see cref="Silu"/>, from its input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SiluDerivative(Vector256<float> x) => Logistic.SiluDerivative<Floats256>(x);

    /// <summary>HardSwish, <c>x·min(max(x + 3, 0), 6) / 6</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> HardSwish(Vector256<float> x) => Piecewise.HardSwish<Floats256>(x);

    /// <summary>The derivative of <see cref="HardSwish"/>, from its input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> HardSwishDerivative(Vector256<float> x) => Piecewise.HardSwishDerivative<Floats256>(x);

    /// <summary>An activation of the user's own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Activation<TActivation>(Vector256<float> x)
        where TActivation : struct, IActivation => TActivation.Value<Floats256>(x);

    /// <summary>The derivative of <see cref="Activation{TActivation}"/>, from its input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ActivationDerivative<TActivation>(Vector256<float> x)
        where TActivation : struct, IActivation => TActivation.Derivative<Floats256>(x);
}
