namespace NetGen.Generator.Graph.Memory;

/// <summary>A buffer to be placed, with its lifetime. For every sample, or once for a shard, everything but its halo is written.</summary>
/// <param name="Layout">The layout of the buffer.</param>
/// <param name="From">The time of the first write.</param>
/// <param name="To">The time of the last read; afterwards another buffer may use the memory.</param>
internal sealed record MemoryNeed(BufferLayout Layout, int From, int To)
{
    /// <summary>The end of a lifetime that never ends.</summary>
    public const int Always = int.MaxValue;

    /// <summary>Whether the buffer has zeros, a halo, that are written only when the memory is allocated.</summary>
    public bool HasZeros => !Layout.IsContiguous;

    public bool Overlaps(MemoryNeed other) => From <= other.To && other.From <= To;
}

/// <summary>
/// Plans memory by lifetime: buffers that do not live at the same time may share memory. Zeros in or around a buffer are written once, when
/// the memory is allocated, so a buffer with zeros shares only with buffers that have the same zeros.
/// </summary>
internal static class MemoryPlanner
{
    private const int CacheLine = 16;

    /// <summary>Places all buffers.</summary>
    /// <param name="needs">The buffers.</param>
    /// <returns>The offset of each, aligned to a cache line, and the length of all together, in floats.</returns>
    public static (int[] Offsets, int Length) Place(IReadOnlyList<MemoryNeed> needs)
    {
        // In the order of the graph, buffers that are used together are neighbours. Placing the largest first often takes less memory.
        Block[] blocks = [.. Blocks(needs).OrderBy(block => block.Members[0])];
        (int[] Offsets, int Length) inOrder = Place(blocks, needs.Count);
        (int[] Offsets, int Length) largestFirst = Place([.. blocks.OrderByDescending(block => block.Length)], needs.Count);
        return largestFirst.Length < inOrder.Length ? largestFirst : inOrder;
    }

    /// <summary>A number of floats, rounded up to whole cache lines.</summary>
    public static int WholeLines(int length) => (length + CacheLine - 1) / CacheLine * CacheLine;

    private static (int[] Offsets, int Length) Place(IReadOnlyList<Block> blocks, int count)
    {
        int[] offsets = new int[count];
        List<(int Begin, int End, MemoryNeed Lifetime)> placed = [];
        int length = 0;
        foreach (Block block in blocks)
        {
            int begin = 0;
            bool moved;
            do
            {
                moved = false;
                foreach ((int otherBegin, int otherEnd, MemoryNeed lifetime) in placed)
                {
                    if (begin < otherEnd && otherBegin < begin + block.Length && lifetime.Overlaps(block.Lifetime))
                    {
                        begin = otherEnd;
                        moved = true;
                    }
                }
            }
            while (moved);

            placed.Add((begin, begin + block.Length, block.Lifetime));
            length = Math.Max(length, begin + block.Length);
            foreach (int member in block.Members)
                offsets[member] = begin;
        }

        return (offsets, length);
    }

    /// <summary>
    /// The units that are placed: each buffer without zeros by itself; buffers with zeros together, if they have one layout and their lifetimes
    /// do not overlap.
    /// </summary>
    private static IEnumerable<Block> Blocks(IReadOnlyList<MemoryNeed> needs)
    {
        List<Block> withZeros = [];
        for (int i = 0; i < needs.Count; i++)
        {
            MemoryNeed need = needs[i];
            int length = WholeLines(need.Layout.Length);
            if (length == 0)
                continue;
            if (!need.HasZeros)
            {
                yield return new Block(length, need, [i]);
                continue;
            }

            Block? shared = withZeros.Find(block => needs[block.Members[0]].Layout == need.Layout && !block.Members.Exists(member => needs[member].Overlaps(need)));
            if (shared is null)
                withZeros.Add(new Block(length, need with { From = 0, To = MemoryNeed.Always }, [i]));
            else
                shared.Members.Add(i);
        }

        foreach (Block block in withZeros)
            yield return block;
    }

    private sealed record Block(int Length, MemoryNeed Lifetime, List<int> Members);
}
