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

    /// <summary>Bytes, and floats of the same values.</summary>
    public static (byte[] Bytes, float[] Floats) Bytes(int count, int seed)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return (bytes, [.. bytes.Select(value => (float)value)]);
    }

    /// <summary>Targets that the loss takes: class probabilities, probabilities, or any values.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="length">The number of targets of a sample.</param>
    /// <param name="seed">The seed.</param>
    public static float[] Targets(Loss loss, int batch, int length, int seed) => loss switch
    {
        Loss.CrossEntropy => Probabilities(batch, length, seed),
        Loss.BinaryCrossEntropy => [.. Normal(batch * length, seed).Select(value => Math.Clamp(value, 0, 1))],
        _ => Normal(batch * length, seed),
    };

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
