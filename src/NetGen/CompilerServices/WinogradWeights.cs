using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Transforms the weights of convolutions by 3×3 or 5×5 for Winograd's algorithm (Lavin and Gray 2016): a filter g of one channel becomes G g Gᵀ, a value for each input of a tile:
/// 6×6 for tiles of 4×4 outputs of 3×3 filters or of 2×2 outputs of 5×5 filters, and 4×4 for tiles of 2×2 outputs of 3×3 filters. The values at one place are a matrix of channels by
/// filters, in panels (<see cref="WeightLayout"/>).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WinogradWeights
{
    private const int Filter = 3;

    /// <summary>Rows and columns of the largest filters.</summary>
    private const int MostFilter = 5;

    /// <summary>Rows and columns of the inputs of the largest tiles.</summary>
    private const int MostInputs = 6;

    /// <summary>Transforms weights of 3×3 filters; as <see cref="Transform(ref float, int, int, int, int, ref float)"/>.</summary>
    /// <param name="weights">The weights: a row for each kernel position and channel, a column for each filter.</param>
    /// <param name="outputs">Rows and columns of the outputs of a tile: 4 or 2.</param>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="filters">Filters.</param>
    /// <param name="packed">The result, one matrix after the other.</param>
    public static void Transform(ref float weights, int outputs, int channels, int filters, ref float packed) =>
        Transform(ref weights, Filter, outputs, channels, filters, ref packed);

    /// <summary>Transforms weights.</summary>
    /// <param name="weights">The weights: a row for each kernel position and channel, a column for each filter.</param>
    /// <param name="filter">Rows and columns of a filter: 3 or 5.</param>
    /// <param name="outputs">Rows and columns of the outputs of a tile: 4 or 2; 2 for 5×5 filters.</param>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="filters">Filters.</param>
    /// <param name="packed">The result, one matrix after the other.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Transform(ref float weights, int filter, int outputs, int channels, int filters, ref float packed)
    {
        Span<Vector<float>> lines = stackalloc Vector<float>[MostFilter * MostInputs];
        nint matrix = (nint)channels * filters;
        for (int first = 0; first < filters; first += WeightLayout.PanelWidth)
        {
            // The weights of a kernel position are contiguous in a panel, and so are the values at one place.
            int run = channels * Math.Min(WeightLayout.PanelWidth, filters - first);
            ref float source = ref Unsafe.Add(ref weights, (nint)first * filter * filter * channels);
            ref float destination = ref Unsafe.Add(ref packed, (nint)first * channels);
            int i = 0;
            for (; i <= run - Vector<float>.Count; i += Vector<float>.Count)
                TransformVector(ref Unsafe.Add(ref source, i), run, filter, outputs, lines, ref Unsafe.Add(ref destination, i), matrix);
            if (i < run)
                TransformRest(ref Unsafe.Add(ref source, i), run, run - i, filter, outputs, lines, ref Unsafe.Add(ref destination, i), matrix);
        }
    }

    /// <summary>Flips, transposes and transforms weights of 3×3 filters; as <see cref="TransformFlipped(ref float, int, int, int, ref float, int, int)"/>.</summary>
    /// <param name="weights">The weights: a row for each kernel position and channel, a column for each filter.</param>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="filters">Filters.</param>
    /// <param name="packed">The flipped weights, then their transform for tiles of <paramref name="outputs"/>, then that for tiles of <paramref name="others"/>.</param>
    /// <param name="outputs">Rows and columns of the outputs of a tile: 4 or 2.</param>
    /// <param name="others">The same of other tiles; 0 for none.</param>
    public static void TransformFlipped(ref float weights, int channels, int filters, ref float packed, int outputs, int others = 0) =>
        TransformFlipped(ref weights, Filter, channels, filters, ref packed, outputs, others);

    /// <summary>Flips and transposes weights, as <see cref="WeightPacking.FlipConvolution"/> does, and transforms the result.</summary>
    /// <param name="weights">The weights: a row for each kernel position and channel, a column for each filter.</param>
    /// <param name="filter">Rows and columns of a filter: 3 or 5.</param>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="filters">Filters.</param>
    /// <param name="packed">The flipped weights, then their transform for tiles of <paramref name="outputs"/>, then that for tiles of <paramref name="others"/>.</param>
    /// <param name="outputs">Rows and columns of the outputs of a tile: 4 or 2; 2 for 5×5 filters.</param>
    /// <param name="others">The same of other tiles; 0 for none.</param>
    public static void TransformFlipped(ref float weights, int filter, int channels, int filters, ref float packed, int outputs, int others = 0)
    {
        WeightPacking.FlipConvolution(ref weights, filter * filter, channels, filters, ref packed);
        nint matrix = (nint)channels * filters;
        ref float transformed = ref Unsafe.Add(ref packed, filter * filter * matrix);
        Transform(ref packed, filter, outputs, filters, channels, ref transformed);
        if (others > 0)
            Transform(ref packed, filter, others, filters, channels, ref Unsafe.Add(ref transformed, (outputs + filter - 1) * (outputs + filter - 1) * matrix));
    }

    /// <summary>Adds the gradients with respect to 3×3 weights; as <see cref="AddGradients(ref float, int, int, int, int, ref float)"/>.</summary>
    /// <param name="sums">The sums: for each place of a tile a matrix of channels by filters, in panels.</param>
    /// <param name="outputs">Rows and columns of the outputs of a tile: 4 or 2.</param>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="filters">Filters.</param>
    /// <param name="gradients">The gradients, to which the result is added: a row for each kernel position and channel, a column for each filter.</param>
    public static void AddGradients(ref float sums, int outputs, int channels, int filters, ref float gradients) =>
        AddGradients(ref sums, Filter, outputs, channels, filters, ref gradients);

    /// <summary>
    /// Transforms sums of products, in which each tile of the inputs is multiplied with a tile of the gradients with respect to the outputs, to gradients with respect to
    /// the weights: a matrix M of one channel and filter becomes Aᵀ M A, of 3×3 or 5×5 values.
    /// </summary>
    /// <param name="sums">The sums: for each place of a tile a matrix of channels by filters, in panels.</param>
    /// <param name="filter">Rows and columns of a filter: 3 or 5.</param>
    /// <param name="outputs">Rows and columns of the outputs of a tile: 4 or 2; 2 for 5×5 filters.</param>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="filters">Filters.</param>
    /// <param name="gradients">The gradients, to which the result is added: a row for each kernel position and channel, a column for each filter.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddGradients(ref float sums, int filter, int outputs, int channels, int filters, ref float gradients)
    {
        nint matrix = (nint)channels * filters;
        Span<Vector<float>> lines = stackalloc Vector<float>[MostFilter * MostInputs];
        for (int first = 0; first < filters; first += WeightLayout.PanelWidth)
        {
            int run = channels * Math.Min(WeightLayout.PanelWidth, filters - first);
            ref float source = ref Unsafe.Add(ref sums, (nint)first * channels);
            ref float destination = ref Unsafe.Add(ref gradients, (nint)first * filter * filter * channels);
            int i = 0;
            for (; i <= run - Vector<float>.Count; i += Vector<float>.Count)
                AddVector(ref Unsafe.Add(ref source, i), matrix, filter, outputs, lines, ref Unsafe.Add(ref destination, i), run);
            if (i < run)
                AddRest(ref Unsafe.Add(ref source, i), matrix, run - i, filter, outputs, lines, ref Unsafe.Add(ref destination, i), run);
        }
    }

    /// <summary>Transforms the last sums of a panel, which fill a part of a vector.</summary>
    private static void AddRest(ref float source, nint matrix, int count, int filter, int outputs, Span<Vector<float>> lines, ref float destination, nint stride)
    {
        int places = (outputs + filter - 1) * (outputs + filter - 1);
        Span<float> sums = stackalloc float[places * Vector<float>.Count];
        Span<float> gradients = stackalloc float[filter * filter * Vector<float>.Count];
        sums.Clear();
        gradients.Clear();
        for (int place = 0; place < places; place++)
        {
            for (int i = 0; i < count; i++)
                sums[(place * Vector<float>.Count) + i] = Unsafe.Add(ref source, (place * matrix) + i);
        }

        AddVector(ref sums[0], Vector<float>.Count, filter, outputs, lines, ref gradients[0], Vector<float>.Count);
        for (int position = 0; position < filter * filter; position++)
        {
            for (int i = 0; i < count; i++)
                Unsafe.Add(ref destination, (position * stride) + i) += gradients[(position * Vector<float>.Count) + i];
        }
    }

    /// <summary>Transforms a vector of sums, first down the columns of the tile, then along the rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddVector(ref float source, nint matrix, int filter, int outputs, Span<Vector<float>> lines, ref float destination, nint stride)
    {
        if (filter == WinogradFilter5.Size)
        {
            WinogradFilter5.AddVector(ref source, matrix, lines, ref destination, stride);
            return;
        }

        int columns = outputs + Filter - 1;
        for (int column = 0; column < columns; column++)
        {
            ref float of = ref Unsafe.Add(ref source, column * matrix);
            (lines[column], lines[MostInputs + column], lines[(2 * MostInputs) + column]) = outputs == 4
                ? Three(Load(ref of, 0), Load(ref of, 6 * matrix), Load(ref of, 12 * matrix), Load(ref of, 18 * matrix), Load(ref of, 24 * matrix), Load(ref of, 30 * matrix))
                : Three(Load(ref of, 0), Load(ref of, 4 * matrix), Load(ref of, 8 * matrix), Load(ref of, 12 * matrix));
        }

        for (int line = 0; line < Filter; line++)
        {
            Span<Vector<float>> of = lines.Slice(MostInputs * line, MostInputs);
            (Vector<float> a, Vector<float> b, Vector<float> c) = outputs == 4 ? Three(of[0], of[1], of[2], of[3], of[4], of[5]) : Three(of[0], of[1], of[2], of[3]);
            ref float target = ref Unsafe.Add(ref destination, Filter * line * stride);
            Add(a, ref target, 0);
            Add(b, ref target, stride);
            Add(c, ref target, 2 * stride);
        }

        static Vector<float> Load(ref float source, nint offset) => Vector.LoadUnsafe(ref source, (nuint)offset);

        static void Add(Vector<float> value, ref float target, nint offset) => (Vector.LoadUnsafe(ref target, (nuint)offset) + value).StoreUnsafe(ref target, (nuint)offset);
    }

    /// <summary>Three gradients from the sums at the points 0, √½, -√½, √2, -√2 and ∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<float>, Vector<float>, Vector<float>) Three(
        Vector<float> t0, Vector<float> t1, Vector<float> t2, Vector<float> t3, Vector<float> t4, Vector<float> t5)
    {
        Vector<float> sum1 = t1 + t2;
        Vector<float> sum2 = t3 + t4;
        return (t0 + sum1 + sum2, ((t1 - t2) * 0.70710677f) + ((t3 - t4) * 1.4142135f), (sum1 * 0.5f) + (sum2 * 2f) + t5);
    }

    /// <summary>Three gradients from the sums at the points 0, 1, -1 and ∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<float>, Vector<float>, Vector<float>) Three(Vector<float> t0, Vector<float> t1, Vector<float> t2, Vector<float> t3)
    {
        Vector<float> sum = t1 + t2;
        return (t0 + sum, t1 - t2, sum - t3);
    }

    /// <summary>Transforms the last weights of a panel, which fill a part of a vector.</summary>
    private static void TransformRest(ref float source, nint stride, int count, int filter, int outputs, Span<Vector<float>> lines, ref float destination, nint matrix)
    {
        int places = (outputs + filter - 1) * (outputs + filter - 1);
        Span<float> weights = stackalloc float[filter * filter * Vector<float>.Count];
        Span<float> values = stackalloc float[places * Vector<float>.Count];
        for (int position = 0; position < filter * filter; position++)
        {
            for (int i = 0; i < count; i++)
                weights[(position * Vector<float>.Count) + i] = Unsafe.Add(ref source, (position * stride) + i);
        }

        TransformVector(ref weights[0], Vector<float>.Count, filter, outputs, lines, ref values[0], Vector<float>.Count);
        for (int place = 0; place < places; place++)
        {
            for (int i = 0; i < count; i++)
                Unsafe.Add(ref destination, (place * matrix) + i) = values[(place * Vector<float>.Count) + i];
        }
    }

    /// <summary>Transforms a vector of filters or channels, first down the columns of the filters, then along the rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransformVector(ref float source, nint stride, int filter, int outputs, Span<Vector<float>> lines, ref float destination, nint matrix)
    {
        if (filter == WinogradFilter5.Size)
        {
            WinogradFilter5.TransformVector(ref source, stride, lines, ref destination, matrix);
            return;
        }

        if (outputs == 4)
        {
            (Vector<float> a0, Vector<float> a1, Vector<float> a2, Vector<float> a3, Vector<float> a4, Vector<float> a5) = Six(ref source, Filter * stride);
            (Vector<float> b0, Vector<float> b1, Vector<float> b2, Vector<float> b3, Vector<float> b4, Vector<float> b5) = Six(ref Unsafe.Add(ref source, stride), Filter * stride);
            (Vector<float> c0, Vector<float> c1, Vector<float> c2, Vector<float> c3, Vector<float> c4, Vector<float> c5) = Six(ref Unsafe.Add(ref source, 2 * stride), Filter * stride);
            StoreSix(a0, b0, c0, ref destination, matrix);
            StoreSix(a1, b1, c1, ref Unsafe.Add(ref destination, 6 * matrix), matrix);
            StoreSix(a2, b2, c2, ref Unsafe.Add(ref destination, 12 * matrix), matrix);
            StoreSix(a3, b3, c3, ref Unsafe.Add(ref destination, 18 * matrix), matrix);
            StoreSix(a4, b4, c4, ref Unsafe.Add(ref destination, 24 * matrix), matrix);
            StoreSix(a5, b5, c5, ref Unsafe.Add(ref destination, 30 * matrix), matrix);
            return;
        }

        (Vector<float> p0, Vector<float> p1, Vector<float> p2, Vector<float> p3) = Four(ref source, Filter * stride);
        (Vector<float> q0, Vector<float> q1, Vector<float> q2, Vector<float> q3) = Four(ref Unsafe.Add(ref source, stride), Filter * stride);
        (Vector<float> r0, Vector<float> r1, Vector<float> r2, Vector<float> r3) = Four(ref Unsafe.Add(ref source, 2 * stride), Filter * stride);
        StoreFour(p0, q0, r0, ref destination, matrix);
        StoreFour(p1, q1, r1, ref Unsafe.Add(ref destination, 4 * matrix), matrix);
        StoreFour(p2, q2, r2, ref Unsafe.Add(ref destination, 8 * matrix), matrix);
        StoreFour(p3, q3, r3, ref Unsafe.Add(ref destination, 12 * matrix), matrix);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<float>, Vector<float>, Vector<float>, Vector<float>, Vector<float>, Vector<float>) Six(ref float source, nint stride) =>
        Six(Vector.LoadUnsafe(ref source), Vector.LoadUnsafe(ref source, (nuint)stride), Vector.LoadUnsafe(ref source, (nuint)(2 * stride)));

    /// <summary>A column of three weights at the points 0, √½, -√½, √2, -√2 and ∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<float>, Vector<float>, Vector<float>, Vector<float>, Vector<float>, Vector<float>) Six(Vector<float> a, Vector<float> b, Vector<float> c)
    {
        Vector<float> even = (a * (-2f / 3)) + (c * (-1f / 3));
        Vector<float> odd = b * -0.47140452f;
        Vector<float> otherEven = (a * (1f / 6)) + (c * (1f / 3));
        Vector<float> otherOdd = b * 0.23570226f;
        return (a, even + odd, even - odd, otherEven + otherOdd, otherEven - otherOdd, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreSix(Vector<float> a, Vector<float> b, Vector<float> c, ref float destination, nint matrix)
    {
        (Vector<float> v0, Vector<float> v1, Vector<float> v2, Vector<float> v3, Vector<float> v4, Vector<float> v5) = Six(a, b, c);
        v0.StoreUnsafe(ref destination);
        v1.StoreUnsafe(ref destination, (nuint)matrix);
        v2.StoreUnsafe(ref destination, (nuint)(2 * matrix));
        v3.StoreUnsafe(ref destination, (nuint)(3 * matrix));
        v4.StoreUnsafe(ref destination, (nuint)(4 * matrix));
        v5.StoreUnsafe(ref destination, (nuint)(5 * matrix));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<float>, Vector<float>, Vector<float>, Vector<float>) Four(ref float source, nint stride) =>
        Four(Vector.LoadUnsafe(ref source), Vector.LoadUnsafe(ref source, (nuint)stride), Vector.LoadUnsafe(ref source, (nuint)(2 * stride)));

    /// <summary>A column of three weights at the points 0, 1, -1 and ∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<float>, Vector<float>, Vector<float>, Vector<float>) Four(Vector<float> a, Vector<float> b, Vector<float> c)
    {
        Vector<float> even = (a + c) * 0.5f;
        Vector<float> odd = b * 0.5f;
        return (a, even + odd, even - odd, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFour(Vector<float> a, Vector<float> b, Vector<float> c, ref float destination, nint matrix)
    {
        (Vector<float> v0, Vector<float> v1, Vector<float> v2, Vector<float> v3) = Four(a, b, c);
        v0.StoreUnsafe(ref destination);
        v1.StoreUnsafe(ref destination, (nuint)matrix);
        v2.StoreUnsafe(ref destination, (nuint)(2 * matrix));
        v3.StoreUnsafe(ref destination, (nuint)(3 * matrix));
    }
}
