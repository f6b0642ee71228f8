using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NetGen.Numerics;

namespace NetGen.CompilerServices;

/// <summary>A vector of 128 bits, 4 floats, for formulas that are written once for all widths.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Floats128 : IVectorBits<Floats128>
{
    private readonly Vector128<float> _value;

    private Floats128(Vector128<float> value) => _value = value;

    /// <summary>A vector of the framework as one of these.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Floats128(Vector128<float> value) => new(value);

    /// <summary>The vector of the framework.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Vector128<float>(Floats128 value) => value._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Floats128(float value) => Vector128.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator +(Floats128 left, Floats128 right) => left._value + right._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator -(Floats128 left, Floats128 right) => left._value - right._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator *(Floats128 left, Floats128 right) => left._value * right._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator /(Floats128 left, Floats128 right) => left._value / right._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator -(Floats128 value) => -value._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 MultiplyAdd(Floats128 left, Floats128 right, Floats128 addend) =>
        Vector128.MultiplyAddEstimate(left._value, right._value, addend._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Abs(Floats128 value) => Vector128.Abs(value._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Sqrt(Floats128 value) => Vector128.Sqrt(value._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Min(Floats128 left, Floats128 right) => Vector128.Min(left._value, right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Max(Floats128 left, Floats128 right) => Vector128.Max(left._value, right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 GreaterThan(Floats128 left, Floats128 right) => Vector128.GreaterThan(left._value, right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 LessThan(Floats128 left, Floats128 right) => Vector128.LessThan(left._value, right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Select(Floats128 mask, Floats128 whenTrue, Floats128 whenFalse) =>
        Vector128.ConditionalSelect(mask._value, whenTrue._value, whenFalse._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Exp(Floats128 x) => Exponential.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Expm1(Floats128 x) => Exponential.Expm1(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Log(Floats128 x) => Logarithm.Log(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Sigmoid(Floats128 x) => Logistic.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Tanh(Floats128 x) => Logistic.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Softplus(Floats128 x) => Logarithm.Softplus(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Erf(Floats128 x) => NormalCurve.Erf(x);

    static int IVectorBits<Floats128>.Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128<float>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats128 IVectorBits<Floats128>.Load(ReadOnlySpan<float> values) => Vector128.Create(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IVectorBits<Floats128>.Store(Floats128 value, Span<float> values) => value._value.CopyTo(values);

    // x86 gives the second operand where one is a NaN, and Arm the NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats128 IVectorBits<Floats128>.AtLeast(Floats128 value, float limit) => Vector128.MaxNative(Vector128.Create(limit), value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats128 IVectorBits<Floats128>.AtMost(Floats128 value, float limit) => Vector128.MinNative(Vector128.Create(limit), value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats128 IVectorBits<Floats128>.Floor(Floats128 value) => Vector128.Floor(value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats128 IVectorBits<Floats128>.PowerOfTwo(Floats128 exponent) =>
        ((Vector128.ConvertToInt32Native(exponent._value) + Vector128.Create(127)) << 23).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats128 IVectorBits<Floats128>.Scale(Floats128 value, Floats128 n) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.Scale(value._value, n._value) : Exponential.ScaleInSteps(value, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats128 IVectorBits<Floats128>.CopySign(Floats128 value, Floats128 sign) =>
        Vector128.ConditionalSelect(Vector128.Create(-0f), sign._value, value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats128 IVectorBits<Floats128>.Truncate(Floats128 value) => value._value & Vector128.Create(unchecked((int)0xFFFFF000)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats128 IVectorBits<Floats128>.Split(Floats128 value, out Floats128 exponent)
    {
        // The bits of sqrt(1/2): from there on a float belongs to the next exponent.
        Vector128<int> bits = value._value.AsInt32();
        Vector128<int> power = (bits - Vector128.Create(0x3F3504F3)) >> 23;
        exponent = Vector128.ConvertToSingle(power);
        return (bits - (power << 23)).AsSingle();
    }
}
