using System.Numerics;

namespace Digits.Data;

/// <summary>A straight piece of a stroke, with the pen's radius at either end.</summary>
internal record struct Segment(Vector2 From, Vector2 To, float FromRadius, float ToRadius);

/// <summary>
/// The path of the pen for one digit: knots joined by centripetal Catmull-Rom curves, cut into short straight segments.
/// </summary>
internal ref struct PenPath(Span<Segment> segments)
{
    private const int StepsPerCurve = 5;

    private readonly Span<Segment> _segments = segments;
    private int _count;

    /// <summary>The most segments that so many knots can give.</summary>
    public static int SegmentsFor(int knots) => knots * StepsPerCurve;

    /// <summary>The segments so far, open to change.</summary>
    public readonly Span<Segment> Segments => _segments[.._count];

    /// <summary>Adds every stroke of <paramref name="knots"/>.</summary>
    public void Add(scoped ReadOnlySpan<Knot> knots)
    {
        int first = 0;
        for (int i = 1; i < knots.Length; i++)
        {
            bool strokeEnds = i + 1 == knots.Length || knots[i + 1].Starts;
            if (!strokeEnds && !knots[i].Turns)
                continue;

            AddCurve(knots[first..(i + 1)]);
            if (strokeEnds)
                i++;
            first = i;
        }
    }

    private void AddCurve(scoped ReadOnlySpan<Knot> through)
    {
        for (int i = 0; i + 1 < through.Length; i++)
        {
            Vector2 a = through[i].Point, b = through[i + 1].Point;

            // Beyond its ends the curve goes straight on.
            Vector2 before = i > 0 ? through[i - 1].Point : (2f * a) - b;
            Vector2 after = i + 2 < through.Length ? through[i + 2].Point : (2f * b) - a;

            Vector2 from = a;
            for (int step = 1; step <= StepsPerCurve; step++)
            {
                Vector2 to = step < StepsPerCurve ? CatmullRom(before, a, b, after, step / (float)StepsPerCurve) : b;
                _segments[_count++] = new Segment(from, to, 0f, 0f);
                from = to;
            }
        }
    }

    /// <summary>
    /// The point at <paramref name="part"/> (0 to 1) of the way from b to c (E. Catmull and R. Rom 1974, with the
    /// centripetal parameters of C. Yuksel et al. 2011, which never loop or overshoot between uneven knots).
    /// </summary>
    private static Vector2 CatmullRom(Vector2 a, Vector2 b, Vector2 c, Vector2 d, float part)
    {
        float tb = Step(a, b);
        float tc = tb + Step(b, c);
        float td = tc + Step(c, d);
        float t = tb + (part * (tc - tb));

        Vector2 ab = Mix(a, b, t / tb);
        Vector2 bc = Mix(b, c, (t - tb) / (tc - tb));
        Vector2 cd = Mix(c, d, (t - tc) / (td - tc));
        return Mix(
            Mix(ab, bc, t / tc), Mix(bc, cd, (t - tb) / (td - tb)), (t - tb) / (tc - tb));
    }

    /// <summary>Linear interpolation without fused multiply-add, so that every processor rounds alike.</summary>
    private static Vector2 Mix(Vector2 from, Vector2 to, float part) => from + (part * (to - from));

    private static float Step(Vector2 from, Vector2 to) => MathF.Sqrt(Vector2.Distance(from, to)) + 1e-6f;
}
