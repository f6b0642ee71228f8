using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NetGen.Numerics;

namespace NetGen.CompilerServices;

/// <content>Activations.</content>
public static partial class Simd128
{
    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sigmoid(Vector128<float> x) => Logistic.Sigmoid<Floats128>(x);

    /// <summary>The hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Tanh(Vector128<float> x) => Logistic.Tanh<Floats128>(x);

    /// <summary>log(1 + eˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Softplus(Vector128<float> x) => Logarithm.Softplus<Floats128>(x);

    /// <summary>The derivative of <see cref="Softplus"/>, from its output: the sigmoid of the input is 1 − e⁻ʸ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SoftplusDerivative(Vector128<float> y) => -(Vector128<float>)Exponential.Expm1<Floats128>(-y);

    /// <summary>ELU and SELU: <c>scale·x</c> where x is positive, otherwise <c>alpha·(eˣ − 1)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Elu(Vector128<float> x, float scale, float alpha) => Piecewise.Elu<Floats128>(x, scale, alpha);

    /// <summary>The derivative of <see cref="Elu"/>, from its output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> EluDerivative(Vector128<float> y, float scale, float alpha) => Piecewise.EluDerivative<Floats128>(y, scale, alpha);

    /// <summary>GELU, x·Φ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Gelu(Vector128<float> x) => NormalCurve.Gelu<Floats128>(x);

    /// <summary>The derivative of <see cref="Gelu"/>, from its input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GeluDerivative(Vector128<float> x) => NormalCurve.GeluDerivative<Floats128>(x);

    /// <summary>GELU in the tanh form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GeluTanh(Vector128<float> x) => Logistic.GeluTanh<Floats128>(x);

    /// <summary>The derivative of <see cref="GeluTanh"/>, from its input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GeluTanhDerivative(Vector128<float> x) => Logistic.GeluTanhDerivative<Floats128>(x);

    /// <summary>SiLU, x·sigmoid(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Silu(Vector128<float> x) => Logistic.Silu<Floats128>(x);

    /// <summary>The derivative of <see cref="Silu"/>, from its input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SiluDerivative(Vector128<float> x) => Logistic.SiluDerivative<Floats128>(x);

    /// <summary>HardSwish, <c>x·min(max(x + 3, 0), 6) / 6</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> HardSwish(Vector128<float> x) => Piecewise.HardSwish<Floats128>(x);

    /// <summary>The derivative of <see cref="HardSwish"/>, from its input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> HardSwishDerivative(Vector128<float> x) => Piecewise.HardSwishDerivative<Floats128>(x);

    /// <summary>An activation of the user's own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Activation<TActivation>(Vector128<float> x)
        where TActivation : struct, IActivation => TActivation.Value<Floats128>(x);

    /// <summary>The derivative of <see cref="Activation{TActivation}"/>, from its input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ActivationDerivative<TActivation>(Vector128<float> x)
        where TActivation : struct, IActivation => TActivation.Derivative<Floats128>(x);
}
