using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using static System.FormattableString;

namespace NetGen.CompilerServices;

/// <summary>
/// A block of floats that is aligned to a cache line (64 bytes), pinned, and initially zero. Generated code keeps
/// parameters, gradients and activations in such blocks.
/// </summary>
/// <remarks>
/// After the last element come <see cref="Slack"/> more floats that kernels may read but never write. So a kernel may load a whole
/// vector that begins at any element.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public class AlignedBuffer
{
    /// <summary>Readable floats after the last element, all 0: one 512-bit vector.</summary>
    public const int Slack = 16;

    private const int Alignment = 64;

    private readonly float[] _array;
    private readonly int _start;

    /// <summary>Allocates a block.</summary>
    /// <param name="length">The number of floats.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    /// <exception cref="InsufficientMemoryException"><paramref name="length"/> is more than an array holds.</exception>
    public AlignedBuffer(long length)
    {
        const int extra = Slack + (Alignment / sizeof(float));
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length > Array.MaxLength - extra)
        {
            // Not an ArgumentException: the length is no argument of the user's, but sizes of the declaration times samples or threads.
            throw new InsufficientMemoryException(Invariant(
                $"One block of memory holds at most {Array.MaxLength - extra} floats, but this network, batch or number of threads needs one of {length}."));
        }

        Length = (int)length;
        _array = GC.AllocateArray<float>(Length + extra, pinned: true);
        long address = (long)Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        _start = (int)((Alignment - (address & (Alignment - 1))) & (Alignment - 1)) / sizeof(float);
    }

    /// <summary>The number of floats.</summary>
    public int Length { get; }

    /// <summary>All elements.</summary>
    public Span<float> Span => _array.AsSpan(_start, Length);

    /// <summary>All elements, as a <see cref="Memory{T}"/>, which can be stored in a field.</summary>
    public Memory<float> Memory => _array.AsMemory(_start, Length);

    /// <summary>The first element. The block is pinned, so the reference stays valid as long as the buffer lives.</summary>
    public ref float Reference
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _start);
    }

    /// <summary>The element at <paramref name="offset"/>, without a check of its range.</summary>
    /// <param name="offset">An offset in floats from the first element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float At(nint offset) => ref Unsafe.Add(ref Reference, offset);
}
