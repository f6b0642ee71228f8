namespace Questions;

/// <summary>Reads the probabilities of ten classes, sample by sample.</summary>
internal static class Classes
{
    private const int Count = 10;

    /// <summary>The class with the largest probability.</summary>
    public static int Of(ReadOnlySpan<float> probabilities, int sample) =>
        probabilities.Slice(sample * Count, Count).IndexOf(Largest(probabilities, sample));

    /// <summary>The largest probability.</summary>
    public static float Largest(ReadOnlySpan<float> probabilities, int sample)
    {
        float largest = float.NegativeInfinity;
        foreach (float probability in probabilities.Slice(sample * Count, Count))
            largest = Math.Max(largest, probability);
        return largest;
    }
}
