namespace NetGen;

/// <summary>Reading class probabilities.</summary>
internal static class Classes
{
    /// <summary>The index of the largest value; the first of equals; -1 where a value is NaN, because then there is no largest.</summary>
    public static int Largest(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsNaN(values[i]))
                return -1;
            if (values[i] > values[best])
                best = i;
        }
        return best;
    }

    /// <summary>
    /// The class that the probabilities of a sample stand for: the one with the largest; if there are fewer probabilities than classes, the only one is that
    /// of class 1, which it stands for above 0.5. -1 where a value is NaN.
    /// </summary>
    public static int Of(ReadOnlySpan<float> probabilities, int classes)
    {
        if (probabilities.Length == classes)
            return Largest(probabilities);
        return float.IsNaN(probabilities[0]) ? -1 : probabilities[0] > 0.5f ? 1 : 0;
    }
}
