using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using static System.FormattableString;

namespace NetGen;

/// <summary>The input values of all samples of a <see cref="Dataset"/>, stored as floats or as bytes.</summary>
internal abstract class InputStore
{
    /// <summary>Number of values of all samples together.</summary>
    public abstract int Length { get; }

    /// <summary>The plural of what is stored, for messages: <c>values</c> or <c>bytes</c>.</summary>
    public abstract string Unit { get; }

    /// <summary>Some of the values; no copy where they are stored as floats.</summary>
    public abstract ReadOnlySpan<float> Read(int start, int count);

    /// <summary>Writes as many values as there is room for.</summary>
    public abstract void Copy(int start, Span<float> destination);
}

/// <summary>Values that are stored as the network takes them.</summary>
internal sealed class FloatInputs(ReadOnlyMemory<float> values) : InputStore
{
    public override int Length => values.Length;

    public override string Unit => "values";

    public override ReadOnlySpan<float> Read(int start, int count) => values.Span.Slice(start, count);

    public override void Copy(int start, Span<float> destination) =>
        values.Span.Slice(start, destination.Length).CopyTo(destination);
}

/// <summary>Values that are stored as bytes and become <c>byte · scale + offset</c> when they are read.</summary>
internal sealed class ByteInputs : InputStore
{
    /// <summary>The scale that turns 0 to 255 into 0 to 1.</summary>
    public const double ToUnit = 1 / 255.0;

    private readonly ReadOnlyMemory<byte> _values;
    private readonly float _scale;
    private readonly float _scaleRest;
    private readonly float _offset;

    /// <summary>Stores bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The scale or the offset is no finite float.</exception>
    public ByteInputs(ReadOnlyMemory<byte> values, double scale, double offset)
    {
        _values = values;
        _scale = Finite(scale, nameof(scale));
        _offset = Finite(offset, nameof(offset));

        // What the scale loses when it is rounded to a float: with it byte / 255f comes out exactly for every byte.
        _scaleRest = (float)(scale - _scale);
    }

    public override int Length => _values.Length;

    public override string Unit => "bytes";

    public override ReadOnlySpan<float> Read(int start, int count)
    {
        float[] values = new float[count];
        Copy(start, values);
        return values;
    }

    public override void Copy(int start, Span<float> destination)
    {
        ReadOnlySpan<byte> bytes = _values.Span.Slice(start, destination.Length);
        ref byte source = ref MemoryMarshal.GetReference(bytes);
        ref float target = ref MemoryMarshal.GetReference(destination);
        int i = 0;
        for (; i <= bytes.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref source, (nuint)i), out Vector<ushort> low, out Vector<ushort> high);
            ref float place = ref Unsafe.Add(ref target, i);
            Convert(low, ref place);
            Convert(high, ref Unsafe.Add(ref place, Vector<ushort>.Count));
        }
        for (; i < bytes.Length; i++)
            destination[i] = MathF.FusedMultiplyAdd(bytes[i], _scale, MathF.FusedMultiplyAdd(bytes[i], _scaleRest, _offset));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Convert(Vector<ushort> bytes, ref float target)
    {
        Vector.Widen(bytes, out Vector<uint> low, out Vector<uint> high);
        Convert(low).StoreUnsafe(ref target);
        Convert(high).StoreUnsafe(ref target, (nuint)Vector<float>.Count);
    }

    // As signed integers, which every processor converts in one instruction.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<float> Convert(Vector<uint> bytes)
    {
        Vector<float> values = Vector.ConvertToSingle(Vector.AsVectorInt32(bytes));
        Vector<float> rest = Vector.FusedMultiplyAdd(values, new Vector<float>(_scaleRest), new Vector<float>(_offset));
        return Vector.FusedMultiplyAdd(values, new Vector<float>(_scale), rest);
    }

    private static float Finite(double value, string argument)
    {
        float rounded = (float)value;
        if (!float.IsFinite(rounded))
            throw new ArgumentOutOfRangeException(argument, Invariant($"The {argument} must be a finite float, but got {value}."));
        return rounded;
    }
}
