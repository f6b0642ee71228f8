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

    /// <summary>Counts the samples of a batch whose largest output is their class, or that of their largest target.</summary>
    public static int CountCorrect(Batch batch, ReadOnlySpan<float> outputs, int classes)
    {
        int correct = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            if (Largest(outputs.Slice(i * classes, classes)) == batch.Class(i))
                correct++;
        }
        return correct;
    }
}
