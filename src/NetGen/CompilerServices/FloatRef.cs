using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// A reference to a float, from which generated code addresses other floats by offset: <c>ref values[Activation.Dense1]</c>. Offsets are not
/// checked; the generator's memory plan guarantees that they are in range.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct FloatRef
{
    private readonly ref float _first;

    /// <summary>Refers to a float.</summary>
    /// <param name="first">The float with offset 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FloatRef(ref float first) => _first = ref first;

    /// <summary>Refers to the first value of a span.</summary>
    /// <param name="values">The values.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FloatRef(ReadOnlySpan<float> values) => _first = ref MemoryMarshal.GetReference(values);

    /// <summary>Refers to the first float of a buffer.</summary>
    /// <param name="buffer">The buffer.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FloatRef(AlignedBuffer buffer) => _first = ref buffer.Reference;

    /// <summary>The float at an offset.</summary>
    /// <param name="offset">Floats from the first one.</param>
    public ref float this[nint offset]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref _first, offset);
    }

    /// <summary>A reference to the float <paramref name="offset"/> floats after this one.</summary>
    /// <param name="offset">Floats from the first one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FloatRef From(nint offset) => new(ref Unsafe.Add(ref _first, offset));

    /// <summary>Copies values to the memory that begins here. Where the length is a constant, the JIT writes the moves in place of a call.</summary>
    /// <param name="values">The first value.</param>
    /// <param name="length">The number of values.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Copy(ref float values, int length) =>
        MemoryMarshal.CreateReadOnlySpan(ref values, length).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.AsRef(in _first), length));

    /// <summary>Copies an image to the memory that begins here, line by line.</summary>
    /// <param name="image">The first value of the image, whose lines are contiguous.</param>
    /// <param name="lines">The number of lines.</param>
    /// <param name="length">The number of values of a line.</param>
    /// <param name="stride">Floats from a line to the next one in the destination, where a halo may be between them.</param>
    public void Copy(ref float image, int lines, int length, int stride)
    {
        for (nint line = 0; line < lines; line++)
        {
            MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref image, line * length), length)
                .CopyTo(MemoryMarshal.CreateSpan(ref this[line * stride], length));
        }
    }

    /// <summary>Copies values to the memory that begins here, each as <c>value·scale + offset</c>.</summary>
    /// <param name="values">The first value.</param>
    /// <param name="length">The number of values.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="offset">What is added.</param>
    public void CopyScaled(ref float values, int length, float scale, float offset) => ScaledCopy.Run(ref values, ref this[0], length, scale, offset);

    /// <summary>Copies an image to the memory that begins here, line by line, each value as <c>value·scale + offset</c>.</summary>
    /// <param name="image">The first value of the image, whose lines are contiguous.</param>
    /// <param name="lines">The number of lines.</param>
    /// <param name="length">The number of values of a line.</param>
    /// <param name="stride">Floats from a line to the next one in the destination, where a halo may be between them.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="offset">What is added.</param>
    public void CopyScaled(ref float image, int lines, int length, int stride, float scale, float offset)
    {
        for (nint line = 0; line < lines; line++)
            ScaledCopy.Run(ref Unsafe.Add(ref image, line * length), ref this[line * stride], length, scale, offset);
    }
}
