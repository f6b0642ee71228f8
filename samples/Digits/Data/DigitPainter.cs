using System.Numerics;

namespace Digits.Data;

/// <summary>
/// Draws one digit the way a hand would, into 28×28 pixels. As in MNIST the digit is scaled into 20×20 pixels and its
/// centre of mass put in the middle; unlike there, a little shift, blur and noise makes it harder to read.
/// </summary>
internal static class DigitPainter
{
    /// <summary>Width and height of an image, in pixels.</summary>
    public const int Side = 28;

    private const float Box = 20f;

    /// <summary>Draws a digit.</summary>
    /// <param name="digit">Which one, 0 to 9.</param>
    /// <param name="dice">Decides on everything that differs from one hand to the next.</param>
    /// <param name="image">Receives 28×28 pixels in rows, 0 for paper to 1 for ink, in steps of 1/255.</param>
    public static void Paint(int digit, ref Dice dice, Span<float> image)
    {
        IReadOnlyList<Knot[]> styles = DigitShapes.Of(digit);
        Knot[] style = styles[dice.Below(styles.Count)];

        Span<Segment> room = stackalloc Segment[PenPath.SegmentsFor(style.Length)];
        Span<Segment> path = Write(style, ref dice, room);
        Distort(path, ref dice);
        Place(path, ref dice);
        image.Clear();
        foreach (ref Segment segment in path)
            Ink(segment, image);
        Develop(image, ref dice);
    }

    /// <summary>Follows the knots with an unsteady hand.</summary>
    private static Span<Segment> Write(ReadOnlySpan<Knot> style, ref Dice dice, Span<Segment> room)
    {
        Span<Knot> knots = stackalloc Knot[style.Length];
        float tremor = dice.Uniform(0.01f, 0.04f);
        for (int i = 0; i < knots.Length; i++)
        {
            Vector2 slip = new(dice.Normal(tremor), dice.Normal(tremor));
            knots[i] = style[i] with { Point = style[i].Point + slip };
        }

        var path = new PenPath(room);
        path.Add(knots);
        return path.Segments;
    }

    /// <summary>Elastic distortion, then slant, stretch and rotation about the middle of the digit.</summary>
    private static void Distort(Span<Segment> path, ref Dice dice)
    {
        var field = new ElasticField(ref dice, strength: dice.Uniform(0.01f, 0.055f));
        float slant = 0.12f + dice.Normal(0.25f);
        float width = dice.Uniform(0.65f, 1.35f);
        (float sin, float cos) = Rotation(dice.Normal(0.16f));
        var middle = new Vector2(0.35f, 0.5f);

        foreach (ref Segment segment in path)
        {
            segment.From = Turn(field.Move(segment.From));
            segment.To = Turn(field.Move(segment.To));
        }

        Vector2 Turn(Vector2 point)
        {
            Vector2 arm = point - middle;
            float x = (arm.X * width) - (arm.Y * slant);
            return new Vector2((cos * x) - (sin * arm.Y), (sin * x) + (cos * arm.Y));
        }
    }

    /// <summary>Sine and cosine of an angle that is close to <paramref name="angle"/> while that is small.</summary>
    private static (float Sin, float Cos) Rotation(float angle)
    {
        float half = angle / 2f;
        float scale = 1f / (1f + (half * half));
        return (2f * half * scale, (1f - (half * half)) * scale);
    }

    /// <summary>Scales the path into the box, chooses the pen and puts the centre of mass near the image's centre.</summary>
    private static void Place(Span<Segment> path, ref Dice dice)
    {
        Vector2 low = path[0].From, high = low;
        foreach (Segment segment in path)
        {
            low = Vector2.Min(low, Vector2.Min(segment.From, segment.To));
            high = Vector2.Max(high, Vector2.Max(segment.From, segment.To));
        }

        float firstRadius = dice.Uniform(0.7f, 1.9f);
        float growth = firstRadius * dice.Uniform(-0.25f, 0.25f) / path.Length;
        Vector2 extent = high - low;
        float room = (Box * dice.Uniform(0.8f, 1.05f)) - (2f * firstRadius);
        float scale = room / Math.Max(extent.X, extent.Y);

        Vector2 moment = Vector2.Zero;
        float mass = 0f;
        for (int i = 0; i < path.Length; i++)
        {
            ref Segment segment = ref path[i];
            segment.From *= scale;
            segment.To *= scale;
            segment.FromRadius = firstRadius + (i * growth);
            segment.ToRadius = firstRadius + ((i + 1) * growth);

            float weight = Vector2.Distance(segment.From, segment.To) * (segment.FromRadius + segment.ToRadius);
            moment += 0.5f * weight * (segment.From + segment.To);
            mass += weight;
        }

        var middle = new Vector2((Side - 1) / 2f);
        Vector2 shift = middle - (moment / mass) + new Vector2(dice.Normal(0.8f), dice.Normal(0.8f));
        foreach (ref Segment segment in path)
        {
            segment.From += shift;
            segment.To += shift;
        }
    }

    /// <summary>Inks the pixels near a segment; the edge fades over one pixel.</summary>
    private static void Ink(in Segment segment, Span<float> image)
    {
        float reach = Math.Max(segment.FromRadius, segment.ToRadius) + 0.5f;
        Vector2 low = Vector2.Min(segment.From, segment.To) - new Vector2(reach);
        Vector2 high = Vector2.Max(segment.From, segment.To) + new Vector2(reach);
        int left = Math.Max((int)MathF.Ceiling(low.X), 0), right = Math.Min((int)high.X, Side - 1);
        int top = Math.Max((int)MathF.Ceiling(low.Y), 0), bottom = Math.Min((int)high.Y, Side - 1);

        Vector2 along = segment.To - segment.From;
        float perLength = 1f / (along.LengthSquared() + 1e-12f);
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                Vector2 arm = new Vector2(x, y) - segment.From;
                float part = Math.Clamp(Vector2.Dot(arm, along) * perLength, 0f, 1f);
                float radius = segment.FromRadius + (part * (segment.ToRadius - segment.FromRadius));
                float ink = radius + 0.5f - Vector2.Distance(arm, part * along);
                ref float pixel = ref image[(y * Side) + x];
                pixel = Math.Max(pixel, Math.Min(ink, 1f));
            }
        }
    }

    /// <summary>Blur, strength of the ink, noise, and the rounding of an 8-bit scanner.</summary>
    private static void Develop(Span<float> image, ref Dice dice)
    {
        float blur = dice.Uniform(0f, 0.22f);
        for (int line = 0; line < Side; line++)
        {
            Blur(image, line * Side, 1, blur);
            Blur(image, line, Side, blur);
        }

        float ink = dice.Uniform(0.75f, 1.1f);
        float noise = dice.Uniform(0f, 0.1f);
        for (int i = 0; i < image.Length; i++)
        {
            float value = (image[i] * ink) + dice.Normal(noise);
            image[i] = MathF.Round(Math.Clamp(value, 0f, 1f) * 255f) / 255f;
        }
    }

    private static void Blur(Span<float> image, int first, int step, float share)
    {
        float before = 0f;
        for (int i = 0; i < Side; i++)
        {
            ref float pixel = ref image[first + (i * step)];
            float here = pixel;
            float after = i + 1 < Side ? image[first + ((i + 1) * step)] : 0f;
            pixel = (share * (before + after)) + ((1f - (2f * share)) * here);
            before = here;
        }
    }
}
