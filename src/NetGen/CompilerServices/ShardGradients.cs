using System.ComponentModel;
using System.Numerics;

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
    public static void Sum(ReadOnlySpan<float> shards, int length, int count, int block, Span<float> gradients)
    {
        int begin = block * Block;
        int size = Math.Min(Block, length - begin);
        Span<float> sum = gradients.Slice(begin, size);
        shards.Slice(begin, size).CopyTo(sum);
        for (int shard = 1; shard < count; shard++)
        {
            ReadOnlySpan<float> addend = shards.Slice((shard * length) + begin, size);
            int i = 0;
            for (; i <= size - Vector<float>.Count; i += Vector<float>.Count)
                (new Vector<float>(sum[i..]) + new Vector<float>(addend[i..])).CopyTo(sum[i..]);
            for (; i < size; i++)
                sum[i] += addend[i];
        }
    }
}
