using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>
/// The sum of the squares of floats in double precision, where each square is exact. The order of the additions depends on the number of
/// floats alone, so the bits are the same at every width of vectors.
/// </summary>
internal static class SquareSum
{
    /// <summary>The number of partial sums; float <c>i</c> belongs to number <c>i mod 64</c>.</summary>
    private const int Lanes = 64;

    /// <summary>Sums the squares.</summary>
    /// <param name="values">The floats.</param>
    /// <param name="limit">Each is first limited to [−limit, limit]; may be infinite.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static double Of(ReadOnlySpan<float> values, float limit)
    {
        Span<double> sums = stackalloc double[Lanes];
        sums.Clear();
        int rows = values.Length / Lanes;
        for (int lane = 0; lane < Lanes && rows > 0; lane += 4 * Vector<float>.Count)
            AddLanes(values, rows, limit, sums, lane);
        for (int i = rows * Lanes; i < values.Length; i++)
        {
            double value = Math.Clamp(values[i], -limit, limit);
            sums[i - (rows * Lanes)] += value * value;
        }

        for (int half = Lanes / 2; half > 0; half /= 2)
        {
            for (int lane = 0; lane < half; lane++)
                sums[lane] += sums[lane + half];
        }

        return sums[0];
    }

    // Four vectors of floats are eight of doubles: enough independent sums to hide the latency of an addition.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddLanes(ReadOnlySpan<float> values, int rows, float limit, Span<double> sums, int lane)
    {
        ref float v = ref Unsafe.Add(ref MemoryMarshal.GetReference(values), lane);
        var limits = new Vector<float>(limit);
        bool clips = limit < float.PositiveInfinity;
        Vector<double> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (int row = 0; row < rows; row++)
        {
            int offset = row * Lanes;
            Add(ref v, offset, clips, limits, ref a, ref b);
            Add(ref v, offset + Vector<float>.Count, clips, limits, ref c, ref d);
            Add(ref v, offset + (2 * Vector<float>.Count), clips, limits, ref e, ref f);
            Add(ref v, offset + (3 * Vector<float>.Count), clips, limits, ref g, ref h);
        }

        Span<double> own = sums[lane..];
        a.CopyTo(own);
        b.CopyTo(own[Vector<double>.Count..]);
        c.CopyTo(own[(2 * Vector<double>.Count)..]);
        d.CopyTo(own[(3 * Vector<double>.Count)..]);
        e.CopyTo(own[(4 * Vector<double>.Count)..]);
        f.CopyTo(own[(5 * Vector<double>.Count)..]);
        g.CopyTo(own[(6 * Vector<double>.Count)..]);
        h.CopyTo(own[(7 * Vector<double>.Count)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        ref float values, int offset, bool clips, Vector<float> limit, ref Vector<double> low, ref Vector<double> high)
    {
        Vector<float> value = Vector.LoadUnsafe(ref values, (nuint)offset);
        if (clips)
            value = Vector.Clamp(value, -limit, limit);
        Vector.Widen(value, out Vector<double> first, out Vector<double> second);
        low += first * first;
        high += second * second;
    }
}
