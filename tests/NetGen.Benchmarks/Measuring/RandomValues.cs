namespace NetGen.Benchmarks.Measuring;

/// <summary>Values to compute with: between −1 and 1, the same in every run.</summary>
internal static class RandomValues
{
    public static float[] Array(int length, int seed)
    {
        var values = new float[length];
        Fill(values, seed);
        return values;
    }

    public static void Fill(Span<float> values, int seed, float scale = 1)
    {
        var random = new Random(seed);
        foreach (ref float value in values)
            value = scale * ((2 * random.NextSingle()) - 1);
    }
}
