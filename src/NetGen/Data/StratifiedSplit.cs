namespace NetGen;

/// <summary>Divides samples in two so that each class is divided in the same proportion.</summary>
internal static class StratifiedSplit
{
    /// <summary>Moves the samples of the first part to the front. Within each part they keep their order.</summary>
    /// <param name="samples">The samples in random order.</param>
    /// <param name="labels">The class of each, in the same order; they end in another.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <param name="first">How many samples the first part gets.</param>
    /// <param name="seed">Decides between classes whose remainders are equal.</param>
    public static void Divide(Span<int> samples, ReadOnlySpan<int> labels, int classCount, int first, ulong seed)
    {
        int[] left = Shares(labels, classCount, first, seed);
        int[] second = new int[samples.Length - first];
        (int toFirst, int toSecond) = (0, 0);
        for (int i = 0; i < samples.Length; i++)
        {
            if (left[labels[i]]-- > 0)
                samples[toFirst++] = samples[i];
            else
                second[toSecond++] = samples[i];
        }
        second.CopyTo(samples[first..]);
    }

    /// <summary>How many samples of each class the first part gets, by the method of the largest remainder.</summary>
    private static int[] Shares(ReadOnlySpan<int> labels, int classCount, int first, ulong seed)
    {
        long[] sizes = new long[classCount];
        foreach (int label in labels)
            sizes[label]++;

        // Exact in integers: size · first / count, and what the division leaves.
        int count = labels.Length;
        int[] shares = Array.ConvertAll(sizes, size => (int)(size * first / count));
        long[] remainders = Array.ConvertAll(sizes, size => size * first % count);

        int[] classes = new int[classCount];
        RandomOrder.Fill(classes, seed, 1);
        foreach (int i in classes.OrderByDescending(i => remainders[i]).Take(first - shares.Sum()))
            shares[i]++;
        return shares;
    }
}
