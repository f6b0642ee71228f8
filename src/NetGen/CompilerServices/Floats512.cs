using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NetGen.Numerics;

namespace NetGen.CompilerServices;

/// <summary>A vector of 512 bits, 16 floats, for formulas that are written once for all widths.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Floats512 : IVectorBits<Floats512>
{
    private readonly Vector512<float> _value;

    private Floats512(Vector512<float> value) => _value = value;

    /// <summary>A vector of the framework as one of these.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Floats512(Vector512<float> value) => new(value);

    /// <summary>The vector of the framework.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Vector512<float>(Floats512 value) => value._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Floats512(float value) => Vector512.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator +(Floats512 left, Floats512 right) => left._value + right._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator -(Floats512 left, Floats512 right) => left._value - right._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator *(Floats512 left, Floats512 right) => left._value * right._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator /(Floats512 left, Floats512 right) => left._value / right._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator -(Floats512 value) => -value._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 MultiplyAdd(Floats512 left, Floats512 right, Floats512 addend) =>
        Vector512.MultiplyAddEstimate(left._value, right._value, addend._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Abs(Floats512 value) => Vector512.Abs(value._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Sqrt(Floats512 value) => Vector512.Sqrt(value._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Min(Floats512 left, Floats512 right) => Vector512.Min(left._value, right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Max(Floats512 left, Floats512 right) => Vector512.Max(left._value, right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 GreaterThan(Floats512 left, Floats512 right) => Vector512.GreaterThan(left._value, right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 LessThan(Floats512 left, Floats512 right) => Vector512.LessThan(left._value, right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Select(Floats512 mask, Floats512 whenTrue, Floats512 whenFalse) =>
        Vector512.ConditionalSelect(mask._value, whenTrue._value, whenFalse._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Exp(Floats512 x) => Exponential.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Expm1(Floats512 x) => Exponential.Expm1(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Log(Floats512 x) => Logarithm.Log(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Sigmoid(Floats512 x) => Logistic.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Tanh(Floats512 x) => Logistic.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Softplus(Floats512 x) => Logarithm.Softplus(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Erf(Floats512 x) => NormalCurve.Erf(x);

    static int IVectorBits<Floats512>.Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<float>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats512 IVectorBits<Floats512>.Load(ReadOnlySpan<float> values) => Vector512.Create(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IVectorBits<Floats512>.Store(Floats512 value, Span<float> values) => value._value.CopyTo(values);

    // x86 gives the second operand where one is a NaN, and Arm the NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats512 IVectorBits<Floats512>.AtLeast(Floats512 value, float limit) => Vector512.MaxNative(Vector512.Create(limit), value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats512 IVectorBits<Floats512>.AtMost(Floats512 value, float limit) => Vector512.MinNative(Vector512.Create(limit), value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats512 IVectorBits<Floats512>.Floor(Floats512 value) => Vector512.Floor(value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats512 IVectorBits<Floats512>.PowerOfTwo(Floats512 exponent) =>
        Avx512F.IsSupported ? Avx512F.Scale(Vector512<float>.One, exponent._value)
            : ((Vector512.ConvertToInt32Native(exponent._value) + Vector512.Create(127)) << 23).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats512 IVectorBits<Floats512>.Scale(Floats512 value, Floats512 n) =>
        Avx512F.IsSupported ? Avx512F.Scale(value._value, n._value) : Exponential.ScaleInSteps(value, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats512 IVectorBits<Floats512>.CopySign(Floats512 value, Floats512 sign) =>
        Vector512.ConditionalSelect(Vector512.Create(-0f), sign._value, value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats512 IVectorBits<Floats512>.Truncate(Floats512 value) => value._value & Vector512.Create(unchecked((int)0xFFFFF000)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Floats512 IVectorBits<Floats512>.Split(Floats512 value, out Floats512 exponent)
    {
        // The bits of sqrt(1/2): from there on a float belongs to the next exponent.
        Vector512<int> bits = value._value.AsInt32();
        Vector512<int> power = (bits - Vector512.Create(0x3F3504F3)) >> 23;
        exponent = Vector512.ConvertToSingle(power);
        return (bits - (power << 23)).AsSingle();
    }
}
