namespace NetGen.Generator.Graph.Memory;

/// <summary>Something that needs floats for a while.</summary>
/// <param name="Layout">What it looks like.</param>
/// <param name="Written">The part of it that is written every time; the rest stays 0, as it was when the memory was allocated.</param>
/// <param name="From">When it is written first.</param>
/// <param name="To">When it is read last; the same place may be written again after that.</param>
internal sealed record MemoryNeed(BufferLayout Layout, SampleShape Written, int From, int To)
{
    /// <summary>Forever: from before the first operation to after the last.</summary>
    public const int Always = int.MaxValue;

    /// <summary>Something that is written whole, but for its halo.</summary>
    public MemoryNeed(BufferLayout layout, int from, int to)
        : this(layout, layout.Shape, from, to)
    {
    }

    /// <summary>Whether there are zeros in it that nobody writes again.</summary>
    public bool HasZeros => !Layout.IsContiguous || Written != Layout.Shape;

    public bool Overlaps(MemoryNeed other) => From <= other.To && other.From <= To;
}

/// <summary>
/// Gives memory by lifetime: what does not live at the same time may lie at the same place. Buffers with zeros in or around them, which are
/// written once when the memory is allocated, share only with buffers that have the same zeros.
/// </summary>
internal static class MemoryPlanner
{
    private const int CacheLine = 16;

    /// <summary>Places everything.</summary>
    /// <param name="needs">What needs memory.</param>
    /// <returns>The offset of each, on a cache line, and the floats of all.</returns>
    public static (int[] Offsets, int Length) Place(IReadOnlyList<MemoryNeed> needs)
    {
        // In the order of the plan, neighbours lie side by side; the largest first often takes less.
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

    /// <summary>What is placed as one: a need without zeros alone, and needs of one layout with zeros as far as they follow one another in time.</summary>
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

            Block? shared = withZeros.Find(block => needs[block.Members[0]].Layout == need.Layout && needs[block.Members[0]].Written == need.Written && !block.Members.Exists(member => needs[member].Overlaps(need)));
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
