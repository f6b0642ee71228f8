using NetGen;
using NetGen.Numerics;

namespace Native;

/// <summary>Draws noisy strokes in four directions: horizontal, vertical and the two diagonals.</summary>
internal static class Strokes
{
    /// <summary>Width and height of an image.</summary>
    public const int Side = 12;

    /// <summary>Number of classes.</summary>
    public const int Directions = 4;

    private const float Noise = 0.3f;

    /// <summary>Draws images with their directions; a seed gives the same ones everywhere.</summary>
    public static Dataset Draw(int count, ulong seed)
    {
        var random = new CounterRandom(seed);
        var images = new float[count * Side * Side];
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = random.NextInt32(Directions);
            Draw(images.AsSpan(i * Side * Side, Side * Side), labels[i], random);
        }

        return Dataset.FromLabels(images, Side * Side, labels, Directions);
    }

    private static void Draw(Span<float> image, int direction, CounterRandom random)
    {
        foreach (ref float pixel in image)
            pixel = Noise * random.NextSingle();

        (int stepX, int stepY) = direction switch
        {
            0 => (1, 0),
            1 => (0, 1),
            2 => (1, 1),
            3 => (1, -1),
            _ => throw new ArgumentOutOfRangeException(nameof(direction), direction, "There are four directions, 0 to 3."),
        };
        int length = 4 + random.NextInt32(5);
        int x = random.NextInt32(Side - stepX * (length - 1));
        int y = random.NextInt32(Side - Math.Abs(stepY) * (length - 1)) + (stepY < 0 ? length - 1 : 0);
        for (int i = 0; i < length; i++)
            image[(y + i * stepY) * Side + x + i * stepX] = 1f - Noise * random.NextSingle();
    }
}
