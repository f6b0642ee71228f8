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
}
