using NetGen;
using NetGen.Numerics;

namespace Shapes;

/// <summary>Draws outlines of circles and squares of random place and size, under noise.</summary>
internal static class ShapePainter
{
    /// <summary>Width and height of an image, in pixels.</summary>
    public const int Side = 14;

    /// <summary>The class of a circle.</summary>
    public const int Circle = 0;

    /// <summary>The class of a square.</summary>
    public const int Square = 1;

    private const float Noise = 0.35f;

    /// <summary>Draws images: a number of circles and then a square, again and again.</summary>
    /// <param name="count">How many images.</param>
    /// <param name="circles">How many circles come before each square.</param>
    /// <param name="seed">The same seed gives the same images everywhere.</param>
    public static Dataset Draw(int count, int circles, ulong seed)
    {
        var random = new CounterRandom(seed);
        var images = new float[count * Side * Side];
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % (circles + 1) == circles ? Square : Circle;
            Paint(images.AsSpan(i * Side * Side, Side * Side), labels[i], random);
        }

        return Dataset.FromLabels(images, Side * Side, labels, classCount: 2);
    }

    private static void Paint(Span<float> image, int shape, CounterRandom random)
    {
        float radius = 2.5f + 3f * random.NextSingle();
        float x = radius + (Side - 1 - 2 * radius) * random.NextSingle();
        float y = radius + (Side - 1 - 2 * radius) * random.NextSingle();
        for (int row = 0; row < Side; row++)
        {
            for (int column = 0; column < Side; column++)
            {
                float across = Math.Abs(column - x), down = Math.Abs(row - y);
                float distance = shape == Circle ? MathF.Sqrt(across * across + down * down) : Math.Max(across, down);

                // The outline is a pixel wide, and its edges fade over a pixel.
                float ink = Math.Clamp(1.5f - Math.Abs(distance - radius), 0, 1);
                image[row * Side + column] = ink + Noise * (float)random.NextNormal();
            }
        }
    }
}
