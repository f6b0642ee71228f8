namespace NetGen.Tests.Support;

/// <summary>Random test data, the same in every run.</summary>
internal static class Draw
{
    public static float[] Normal(int count, int seed, double scale = 1)
    {
        var random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            values[i] = (float)(scale * radius * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return values;
    }

    public static int[] Labels(int count, int classes, int seed)
    {
        var random = new Random(seed);
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) labels[i] = random.Next(classes);
        return labels;
    }

    /// <summary>Integers from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static float[] Integers(int count, int least, int most, int seed)
    {
        var random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = random.Next(least, most + 1);
        return values;
    }

    /// <summary>Rows of class probabilities.</summary>
    public static float[] Probabilities(int count, int classes, int seed)
    {
        var random = new Random(seed);
        float[] values = new float[count * classes];
        for (int row = 0; row < count; row++)
        {
            Span<float> probabilities = values.AsSpan(row * classes, classes);
            float sum = 0;
            for (int i = 0; i < classes; i++) sum += probabilities[i] = 0.1f + random.NextSingle();
            for (int i = 0; i < classes; i++) probabilities[i] /= sum;
        }

        return values;
    }
}
