using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NetGen.Numerics;

namespace NetGen.CompilerServices;

/// <content>Activations.</content>
public static partial class Simd512
{
    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Logistic.Sigmoid<Floats512>(x);

    /// <summary>The hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x) => Logistic.Tanh<Floats512>(x);

    /// <summary>log(1 + eˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softplus(Vector512<float> x) => Logarithm.Softplus<Floats512>(x);

    /// <summary>The derivative of <see cref="Softplus"/>, from its output: the sigmoid of the input is 1 − e⁻ʸ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SoftplusDerivative(Vector512<float> y) => -(Vector512<float>)Exponential.Expm1<Floats512>(-y);

    /// <summary>ELU and SELU: <c>scale·x</c> where x is positive, otherwise <c>alpha·(eˣ − 1)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Elu(Vector512<float> x, float scale, float alpha) => Piecewise.Elu<Floats512>(x, scale, alpha);

    /// <summary>The derivative of <see cref="Elu"/>, from its output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> EluDerivative(Vector512<float> y, float scale, float alpha) => Piecewise.EluDerivative<Floats512>(y, scale, alpha);

    /// <summary>GELU, x·Φ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Gelu(Vector512<float> x) => NormalCurve.Gelu<Floats512>(x);

    /// <summary>The derivative of <see cref="Gelu"/>, from its input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GeluDerivative(Vector512<float> x) => NormalCurve.GeluDerivative<Floats512>(x);

    /// <summary>GELU in the tanh form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GeluTanh(Vector512<float> x) => Logistic.GeluTanh<Floats512>(x);

    /// <summary>The derivative of <see cref="GeluTanh"/>, from its input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GeluTanhDerivative(Vector512<float> x) => Logistic.GeluTanhDerivative<Floats512>(x);

    /// <summary>SiLU, x·sigmoid(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Silu(Vector512<float> x) => Logistic.Silu<Floats512>(x);

    /// <summary>The derivative of <see cref="Silu"/>, from its input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SiluDerivative(Vector512<float> x) => Logistic.SiluDerivative<Floats512>(x);

    /// <summary>HardSwish, <c>x·min(max(x + 3, 0), 6) / 6</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> HardSwish(Vector512<float> x) => Piecewise.HardSwish<Floats512>(x);

    /// <summary>The derivative of <see cref="HardSwish"/>, from its input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> HardSwishDerivative(Vector512<float> x) => Piecewise.HardSwishDerivative<Floats512>(x);

    /// <summary>An activation of the user's own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Activation<TActivation>(Vector512<float> x)
        where TActivation : struct, IActivation => TActivation.Value<Floats512>(x);

    /// <summary>The derivative of <see cref="Activation{TActivation}"/>, from its input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ActivationDerivative<TActivation>(Vector512<float> x)
        where TActivation : struct, IActivation => TActivation.Derivative<Floats512>(x);
}
