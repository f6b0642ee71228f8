using System.Numerics;
using System.Runtime.CompilerServices;

namespace Digits.Data;

/// <summary>
/// A smooth random displacement field over the unit square, the elastic distortion of P. Simard, D. Steinkraus and
/// J. Platt, "Best Practices for Convolutional Neural Networks Applied to Visual Document Analysis", ICDAR 2003:
/// uniform random displacements, smoothed, normalised and scaled. It moves the pen's path rather than the pixels, so
/// the ink stays sharp.
/// </summary>
internal readonly ref struct ElasticField
{
    private const int Side = 9;
    private const int Passes = 3;

    private readonly Nodes _horizontal;
    private readonly Nodes _vertical;

    /// <summary>Draws a field.</summary>
    /// <param name="dice">Where the displacements come from.</param>
    /// <param name="strength">Root mean square of the displacements along an axis, in heights of the digit.</param>
    public ElasticField(ref Dice dice, float strength)
    {
        Fill(ref _horizontal, ref dice, strength);
        Fill(ref _vertical, ref dice, strength);
    }

    /// <summary>The <paramref name="point"/>, displaced.</summary>
    public Vector2 Move(Vector2 point)
    {
        Vector2 place = Vector2.Clamp(point, Vector2.Zero, Vector2.One) * (Side - 1);
        int left = Math.Min((int)place.X, Side - 2);
        int top = Math.Min((int)place.Y, Side - 2);
        (float u, float v) = (place.X - left, place.Y - top);
        int node = (top * Side) + left;
        return point + new Vector2(At(_horizontal, node, u, v), At(_vertical, node, u, v));
    }

    private static float At(in Nodes field, int node, float u, float v)
    {
        float upper = field[node] + (u * (field[node + 1] - field[node]));
        float lower = field[node + Side] + (u * (field[node + Side + 1] - field[node + Side]));
        return upper + (v * (lower - upper));
    }

    private static void Fill(ref Nodes field, ref Dice dice, float strength)
    {
        for (int i = 0; i < Side * Side; i++)
            field[i] = dice.Uniform(-1f, 1f);

        for (int pass = 0; pass < Passes; pass++)
        {
            for (int line = 0; line < Side; line++)
            {
                Smooth(ref field, line * Side, 1);
                Smooth(ref field, line, Side);
            }
        }

        float squares = 0f;
        for (int i = 0; i < Side * Side; i++)
            squares += field[i] * field[i];

        float scale = strength / MathF.Sqrt((squares / (Side * Side)) + 1e-12f);
        for (int i = 0; i < Side * Side; i++)
            field[i] *= scale;
    }

    /// <summary>One binomial pass (1 2 1) along a line of nodes; several passes approach the paper's Gaussian.</summary>
    private static void Smooth(ref Nodes field, int first, int step)
    {
        float before = field[first];
        for (int i = 0; i < Side; i++)
        {
            int at = first + (i * step);
            float here = field[at];
            float after = i + 1 < Side ? field[at + step] : here;
            field[at] = 0.25f * (before + here + here + after);
            before = here;
        }
    }

    [InlineArray(Side * Side)]
    private struct Nodes
    {
        private float _first;
    }
}
