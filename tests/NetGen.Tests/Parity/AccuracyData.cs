namespace NetGen.Tests.Parity;

/// <summary>The data sets of tests/fixtures/make_accuracies.py.</summary>
internal static class AccuracyData
{
    private const uint SpiralNoise = 11, GlyphShifts = 12, GlyphNoise = 13;

    // Whether a pixel is bright, by twice its distance from the middle.
    private static readonly Func<int, int, bool>[] Glyphs =
    [
        (u, v) => Math.Abs(u) < 2,
        (u, v) => Math.Abs(v) < 2,
        (u, v) => Math.Abs(u - v) < 3,
        (u, v) => Math.Abs(u + v) < 3,
        (u, v) => (u * u) + (v * v) is > 9 and < 40,
        (u, v) => Math.Max(Math.Abs(u), Math.Abs(v)) == 5,
        (u, v) => Math.Min(Math.Abs(u), Math.Abs(v)) < 2,
        (u, v) => Math.Min(Math.Abs(u - v), Math.Abs(u + v)) < 3,
        (u, v) => (u * u) + (v * v) < 20,
        (u, v) => Math.Abs(u) + Math.Abs(v) is > 4 and < 8,
    ];

    /// <summary>Points of two spirals, with noise.</summary>
    public static Dataset Spirals(int count)
    {
        float[] inputs = new float[2 * count];
        for (int i = 0; i < count; i++)
        {
            double turn = ((i / 2 * 37 % 500) + 1) / 500.0;
            double angle = (2 * Math.PI * 1.5 * turn) + (Math.PI * (i % 2));
            inputs[2 * i] = Place(turn * Math.Cos(angle), 2 * i);
            inputs[(2 * i) + 1] = Place(turn * Math.Sin(angle), (2 * i) + 1);
        }

        return Dataset.FromLabels(inputs, 2, [.. Enumerable.Range(0, count).Select(i => i % 2)]);

        float Place(double exact, int index) => (float)(Math.Floor((4096 * exact) + 0.5) / 4096) + (Noise(SpiralNoise, index) / 16);
    }

    /// <summary>Glyphs of 8x8 pixels, moved by up to a pixel, with noise.</summary>
    public static Dataset DrawnGlyphs(int count)
    {
        float[] inputs = new float[64 * count];
        for (int i = 0; i < count; i++)
        {
            int down = Shift(2 * i), right = Shift((2 * i) + 1);
            for (int p = 0; p < 64; p++)
            {
                bool isBright = Glyphs[i % 10]((2 * ((p % 8) - right)) - 7, (2 * ((p / 8) - down)) - 7);
                inputs[(i * 64) + p] = (isBright ? 1 : 0) + (0.375f * Noise(GlyphNoise, (i * 64) + p));
            }
        }

        return Dataset.FromLabels(inputs, 64, [.. Enumerable.Range(0, count).Select(i => i % 10)]);

        int Shift(int index) => (int)(Formula.Word(GlyphShifts, index) % 3) - 1;
    }

    // Nearly normal, with variance 4/3: the sum of four uniform numbers.
    private static float Noise(uint stream, int index) =>
        Enumerable.Range(4 * index, 4).Sum(i => Formula.Signed(stream, i, 8));
}
