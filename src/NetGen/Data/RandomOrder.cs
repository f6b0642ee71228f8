using NetGen.Numerics;

namespace NetGen;

/// <summary>Random orders, each a function of a seed and a number (an epoch, say) alone.</summary>
internal static class RandomOrder
{
    // "SHUF" in ASCII, in the upper half: other uses of the same seed have other streams.
    private const ulong Stream = 0x53485546UL << 32;

    /// <summary>Fills <paramref name="order"/> with 0 to its length − 1 in random order.</summary>
    public static void Fill(Span<int> order, ulong seed, uint number) => Fill(order, new CounterRandom(seed), number);

    /// <summary>Fills <paramref name="order"/> with 0 to its length − 1 in random order, and allocates nothing.</summary>
    public static void Fill(Span<int> order, CounterRandom random, uint number)
    {
        FillInOrder(order);
        random.Restart(Stream | number);
        random.Shuffle(order);
    }

    /// <summary>Fills <paramref name="order"/> with 0 to its length − 1.</summary>
    public static void FillInOrder(Span<int> order)
    {
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
    }
}
