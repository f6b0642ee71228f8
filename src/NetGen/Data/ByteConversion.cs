using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using static System.FormattableString;

namespace NetGen;

/// <summary>Turns bytes into <c>byte · scale + offset</c>.</summary>
internal sealed class ByteConversion
{
    /// <summary>Keeps the values 0 to 255.</summary>
    public static readonly ByteConversion Unscaled = new(1, 0);

    private readonly float _scale;
    private readonly float _scaleRest;
    private readonly float _offset;

    /// <summary>Takes scale and offset.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The scale or the offset is no finite float.</exception>
    public ByteConversion(double scale, double offset)
    {
        _scale = Finite(scale, nameof(scale));
        _offset = Finite(offset, nameof(offset));

        // What the scale loses when it is rounded to a float: with it byte / 255f comes out exactly for every byte.
        _scaleRest = (float)(scale - _scale);
    }

    /// <summary>Converts as many bytes as there are; there is room for at least as many values.</summary>
    public void Convert(ReadOnlySpan<byte> bytes, Span<float> destination)
    {
        destination = destination[..bytes.Length];
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
