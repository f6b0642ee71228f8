using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NetGen.Numerics;

namespace NetGen.CompilerServices;

/// <summary>A vector of 256 bits, 8 floats, for formulas that are written once for all widths.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Floats256 : IVectorBits<Floats256>
{
    private readonly Vector256<float> _value;

    private Floats256(Vector256<float> value) => _value = value;

    /// <summary>A vector of the framework as one of these.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Floats256(Vector256<float> value) => new(value);

    /// <summary>The vector of the framework.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Vector256<float>(Floats256 value) => value._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Floats256(float value) => Vector256.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator +(Floats256 left, Floats256 right) => left._value + right._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator -(Floats256 left, Floats256 right) => left._value - right._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator *(Floats256 left, Floats256 right) => left._value * right._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator /(Floats256 left, Floats256 right) => left._value / right._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator -(Floats256 value) => -value._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 MultiplyAdd(Floats256 left, Floats256 right, Floats256 addend) =>
        Vector256.MultiplyAddEstimate(left._value, right._value, addend._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Abs(Floats256 value) => Vector256.Abs(value._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Sqrt(Floats256 value) => Vector256.Sqrt(value._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Min(Floats256 left, Floats256 right) => Vector256.Min(left._value, right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Max(Floats256 left, Floats256 right) => Vector256.Max(left._value, right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 GreaterThan(Floats256 left, Floats256 right) => Vector256.GreaterThan(left._value, right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 LessThan(Floats256 left, Floats256 right) => Vector256.LessThan(left._value, right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Select(Floats256 mask, Floats256 whenTrue, Floats256 whenFalse) =>
        Vector256.ConditionalSelect(mask._value, whenTrue._value, whenFalse._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Exp(Floats256 x) => Exponential.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Expm1(Floats256 x) => Exponential.Expm1(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Log(Floats256 x) => Logarithm.Log(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Sigmoid(Floats256 x) => Logistic.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Tanh(Floats256 x) => Logistic.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Softplus(Floats256 x) => Logarithm.Softplus(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Erf(Floats256 x) => NormalCurve.Erf(x);

    static int IVectorBits<Floats256>.Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<float>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats256 IVectorBits<Floats256>.Load(ReadOnlySpan<float> values) => Vector256.Create(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IVectorBits<Floats256>.Store(Floats256 value, Span<float> values) => value._value.CopyTo(values);

    // x86 gives the second operand where one is a NaN, and Arm the NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats256 IVectorBits<Floats256>.AtLeast(Floats256 value, float limit) => Vector256.MaxNative(Vector256.Create(limit), value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats256 IVectorBits<Floats256>.AtMost(Floats256 value, float limit) => Vector256.MinNative(Vector256.Create(limit), value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats256 IVectorBits<Floats256>.Floor(Floats256 value) => Vector256.Floor(value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats256 IVectorBits<Floats256>.PowerOfTwo(Floats256 exponent) =>
        ((Vector256.ConvertToInt32Native(exponent._value) + Vector256.Create(127)) << 23).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats256 IVectorBits<Floats256>.Scale(Floats256 value, Floats256 n) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.Scale(value._value, n._value) : Exponential.ScaleInSteps(value, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats256 IVectorBits<Floats256>.CopySign(Floats256 value, Floats256 sign) =>
        Vector256.ConditionalSelect(Vector256.Create(-0f), sign._value, value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats256 IVectorBits<Floats256>.Truncate(Floats256 value) => value._value & Vector256.Create(unchecked((int)0xFFFFF000)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats256 IVectorBits<Floats256>.Split(Floats256 value, out Floats256 exponent)
    {
        // The bits of sqrt(1/2): from there on a float belongs to the next exponent.
        Vector256<int> bits = value._value.AsInt32();
        Vector256<int> power = (bits - Vector256.Create(0x3F3504F3)) >> 23;
        exponent = Vector256.ConvertToSingle(power);
        return (bits - (power << 23)).AsSingle();
    }
}
