using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Sums the gradients of the shards of a batch, always in the order of the shards: so the bits do not depend on which thread computed
/// which shard.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ShardGradients
{
    /// <summary>Floats that one work item sums.</summary>
    public const int Block = 8192;

    /// <summary>Sums one block.</summary>
    /// <param name="shards">The gradients of all shards, one shard after the other.</param>
    /// <param name="length">Floats of one shard.</param>
    /// <param name="count">The number of shards.</param>
    /// <param name="block">Which block of <see cref="Block"/> floats.</param>
    /// <param name="gradients">Where the sums go.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Sum(ReadOnlySpan<float> shards, int length, int count, int block, Span<float> gradients)
    {
        int begin = block * Block;
        int size = Math.Min(Block, length - begin);
        ref float first = ref MemoryMarshal.GetReference(shards.Slice(begin, ((count - 1) * length) + size));
        ref float sums = ref MemoryMarshal.GetReference(gradients.Slice(begin, size));

        // Sums stay in registers: each gradient is read once, and each sum is written once.
        int i = 0;
        for (; i <= size - (2 * Vector<float>.Count); i += 2 * Vector<float>.Count)
        {
            ref float shard = ref Unsafe.Add(ref first, i);
            Vector<float> a = Vector.LoadUnsafe(ref shard), b = Vector.LoadUnsafe(ref shard, (nuint)Vector<float>.Count);
            for (int next = 1; next < count; next++)
            {
                shard = ref Unsafe.Add(ref shard, length);
                a += Vector.LoadUnsafe(ref shard);
                b += Vector.LoadUnsafe(ref shard, (nuint)Vector<float>.Count);
            }

            a.StoreUnsafe(ref sums, (nuint)i);
            b.StoreUnsafe(ref sums, (nuint)(i + Vector<float>.Count));
        }

        for (; i < size; i++)
        {
            float sum = Unsafe.Add(ref first, i);
            for (int next = 1; next < count; next++)
                sum += Unsafe.Add(ref first, ((nint)next * length) + i);
            Unsafe.Add(ref sums, i) = sum;
        }
    }
}
