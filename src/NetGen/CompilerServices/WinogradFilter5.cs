using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Winograd's transforms of vectors of 5×5 weights, and of sums to gradients with respect to them, for tiles of 2×2 outputs and 6×6 inputs.</summary>
internal static class WinogradFilter5
{
    /// <summary>Rows and columns of a filter.</summary>
    public const int Size = 5;

    /// <summary>Rows and columns of the inputs of a tile.</summary>
    private const int Inputs = 6;

    /// <summary>Transforms a vector of filters or channels, first down the columns of the filters, then along the rows.</summary>
    /// <param name="source">The weights.</param>
    /// <param name="stride">Floats from the weights at a position of the filter to those at the next one.</param>
    /// <param name="lines">Memory between the two steps: a vector for each place of a row of 5 columns.</param>
    /// <param name="destination">Where the values at the first place go.</param>
    /// <param name="matrix">Floats from there to those at the next place.</param>
    public static void TransformVector(ref float source, nint stride, Span<Vector<float>> lines, ref float destination, nint matrix)
    {
        for (int column = 0; column < Size; column++)
        {
            ref float of = ref Unsafe.Add(ref source, column * stride);
            (lines[column], lines[Size + column], lines[(2 * Size) + column], lines[(3 * Size) + column], lines[(4 * Size) + column], lines[(5 * Size) + column]) =
                Six(Load(ref of, 0), Load(ref of, 5 * stride), Load(ref of, 10 * stride), Load(ref of, 15 * stride), Load(ref of, 20 * stride));
        }

        for (int row = 0; row < Inputs; row++)
        {
            Span<Vector<float>> of = lines.Slice(Size * row, Size);
            ref float target = ref Unsafe.Add(ref destination, Inputs * row * matrix);
            (Vector<float> v0, Vector<float> v1, Vector<float> v2, Vector<float> v3, Vector<float> v4, Vector<float> v5) = Six(of[0], of[1], of[2], of[3], of[4]);
            v0.StoreUnsafe(ref target);
            v1.StoreUnsafe(ref target, (nuint)matrix);
            v2.StoreUnsafe(ref target, (nuint)(2 * matrix));
            v3.StoreUnsafe(ref target, (nuint)(3 * matrix));
            v4.StoreUnsafe(ref target, (nuint)(4 * matrix));
            v5.StoreUnsafe(ref target, (nuint)(5 * matrix));
        }
    }

    /// <summary>Transforms a vector of sums, first down the columns of the tile, then along the rows, and adds the result to the gradients.</summary>
    /// <param name="source">The sums at the first place.</param>
    /// <param name="matrix">Floats from there to those at the next place.</param>
    /// <param name="lines">Memory between the two steps: a vector for each place of a line of 6 columns.</param>
    /// <param name="destination">The gradients with respect to the weights.</param>
    /// <param name="stride">Floats from the gradients at a position of the filter to those at the next one.</param>
    public static void AddVector(ref float source, nint matrix, Span<Vector<float>> lines, ref float destination, nint stride)
    {
        for (int column = 0; column < Inputs; column++)
        {
            ref float of = ref Unsafe.Add(ref source, column * matrix);
            (lines[column], lines[Inputs + column], lines[(2 * Inputs) + column], lines[(3 * Inputs) + column], lines[(4 * Inputs) + column]) =
                Five(Load(ref of, 0), Load(ref of, 6 * matrix), Load(ref of, 12 * matrix), Load(ref of, 18 * matrix), Load(ref of, 24 * matrix), Load(ref of, 30 * matrix));
        }

        for (int line = 0; line < Size; line++)
        {
            Span<Vector<float>> of = lines.Slice(Inputs * line, Inputs);
            ref float target = ref Unsafe.Add(ref destination, Size * line * stride);
            (Vector<float> a, Vector<float> b, Vector<float> c, Vector<float> d, Vector<float> e) = Five(of[0], of[1], of[2], of[3], of[4], of[5]);
            Add(a, ref target, 0);
            Add(b, ref target, stride);
            Add(c, ref target, 2 * stride);
            Add(d, ref target, 3 * stride);
            Add(e, ref target, 4 * stride);
        }

        static void Add(Vector<float> value, ref float target, nint offset) => (Load(ref target, offset) + value).StoreUnsafe(ref target, (nuint)offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Load(ref float source, nint offset) => Vector.LoadUnsafe(ref source, (nuint)offset);

    /// <summary>A column of five weights at the points 0, √½, -√½, √2, -√2 and ∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<float>, Vector<float>, Vector<float>, Vector<float>, Vector<float>, Vector<float>) Six(
        Vector<float> a, Vector<float> b, Vector<float> c, Vector<float> d, Vector<float> e)
    {
        Vector<float> even = (a * (-2f / 3)) + (c * (-1f / 3)) + (e * (-1f / 6));
        Vector<float> odd = (b * -0.47140452f) + (d * -0.23570226f);
        Vector<float> otherEven = (a * (1f / 6)) + (c * (1f / 3)) + (e * (2f / 3));
        Vector<float> otherOdd = (b * 0.23570226f) + (d * 0.47140452f);
        return (a, even + odd, even - odd, otherEven + otherOdd, otherEven - otherOdd, e);
    }

    /// <summary>Five gradients from the sums at the points 0, √½, -√½, √2, -√2 and ∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<float>, Vector<float>, Vector<float>, Vector<float>, Vector<float>) Five(
        Vector<float> t0, Vector<float> t1, Vector<float> t2, Vector<float> t3, Vector<float> t4, Vector<float> t5)
    {
        Vector<float> sum1 = t1 + t2;
        Vector<float> sum2 = t3 + t4;
        Vector<float> difference1 = t1 - t2;
        Vector<float> difference2 = t3 - t4;
        return (
            t0 + sum1 + sum2,
            (difference1 * 0.70710677f) + (difference2 * 1.4142135f),
            (sum1 * 0.5f) + (sum2 * 2f),
            (difference1 * 0.35355338f) + (difference2 * 2.828427f),
            (sum1 * 0.25f) + (sum2 * 4f) + t5);
    }
}
