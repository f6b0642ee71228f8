using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// A place in memory from which generated code addresses floats by their offset: <c>ref row[Place.Dense1]</c>. Nothing is checked; the
/// offsets come from the memory plan.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct FloatRef
{
    private readonly ref float _first;

    /// <summary>Begins at a float.</summary>
    /// <param name="first">The float with offset 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FloatRef(ref float first) => _first = ref first;

    /// <summary>Begins at the first value of a span.</summary>
    /// <param name="values">The values.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FloatRef(ReadOnlySpan<float> values) => _first = ref MemoryMarshal.GetReference(values);

    /// <summary>Begins at the first float of a buffer.</summary>
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

    /// <summary>The place that lies <paramref name="offset"/> floats further.</summary>
    /// <param name="offset">Floats from the first one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FloatRef From(nint offset) => new(ref Unsafe.Add(ref _first, offset));

    /// <summary>Copies an image to this place, line by line.</summary>
    /// <param name="image">The first value of the image, whose lines follow one another.</param>
    /// <param name="lines">The number of lines.</param>
    /// <param name="length">Values of a line.</param>
    /// <param name="stride">Floats from a line to the next one at this place, where a halo may lie between them.</param>
    public void Copy(ref float image, int lines, int length, int stride)
    {
        for (nint line = 0; line < lines; line++)
        {
            MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref image, line * length), length)
                .CopyTo(MemoryMarshal.CreateSpan(ref this[line * stride], length));
        }
    }
}
