using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetGen.Numerics;

/// <summary>
/// Makes a matrix orthogonal by Householder's QR decomposition (Golub and Van Loan, "Matrix Computations", section 5.2), in double precision. Its
/// sums run in one order on every processor, so equal matrices give equal bits.
/// </summary>
internal static class OrthogonalMatrix
{
    // As many vectors take a reflection as stay in the L2 cache, so that each reflector is read once for all of them.
    private const int Block = 32;

    /// <summary>
    /// Puts the Q of a QR decomposition in the place of a matrix, with the signs for which R has a positive diagonal: so Q is unique, and of
    /// a matrix of normally distributed numbers it is uniformly distributed (Mezzadri 2007, arXiv:math-ph/0609050). Where there are fewer rows than
    /// columns, it decomposes the transpose.
    /// </summary>
    /// <param name="matrix">The matrix, row by row.</param>
    /// <param name="rows">The number of its rows.</param>
    /// <param name="columns">The number of its columns.</param>
    /// <param name="scale">Multiplies the result.</param>
    public static void Orthonormalize(Span<float> matrix, int rows, int columns, double scale)
    {
        // The vectors are those of the shorter side: rows of a wide matrix, columns of a tall one.
        bool wide = rows < columns;
        (int count, int length) = wide ? (rows, columns) : (columns, rows);
        double[] reflectors = GC.AllocateUninitializedArray<double>(matrix.Length);
        for (int i = 0; i < matrix.Length; i++)
            reflectors[wide ? i : (i % columns * rows) + (i / columns)] = matrix[i];
        Span<double> signs = new double[count];
        for (int first = 0; first < count; first += Block)
        {
            int end = Math.Min(first + Block, count);
            for (int k = 0; k < end; k++)
            {
                Span<double> reflector = Tail(reflectors, length, k, k);
                if (k >= first) signs[k] = MakeReflector(reflector);
                for (int j = Math.Max(first, k + 1); j < end; j++) Reflect(reflector, Tail(reflectors, length, j, k));
            }
        }

        // Column k of Q is the product of the reflections, the first outermost, on unit vector k; the reflections after k leave that vector as it is.
        double[] block = new double[Block * length];
        for (int first = 0; first < count; first += Block)
        {
            int end = Math.Min(first + Block, count);
            Array.Clear(block);
            for (int k = end - 1; k >= 0; k--)
            {
                if (k >= first) block[((k - first) * length) + k] = 1;
                for (int j = Math.Max(first, k); j < end; j++) Reflect(Tail(reflectors, length, k, k), Tail(block, length, j - first, k));
            }

            for (int k = first; k < end; k++)
            {
                ReadOnlySpan<double> vector = Tail(block, length, k - first, 0);
                for (int i = 0; i < length; i++) matrix[wide ? (k * columns) + i : (i * columns) + k] = (float)(vector[i] * signs[k] * scale);
            }
        }
    }

    private static Span<double> Tail(double[] vectors, int length, int vector, int from) => vectors.AsSpan((vector * length) + from, length - from);

    /// <summary>
    /// Turns a vector x into the vector v of length sqrt(2) whose reflection, x - v (v·x), takes it to the first axis.
    /// </summary>
    /// <returns>The sign of what the reflection gives there, the diagonal of R.</returns>
    private static double MakeReflector(Span<double> x)
    {
        double norm = Math.Sqrt(Dot(x, x));
        if (norm == 0) return 1;

        // v = x + sign(x₀) |x| e₀, without cancellation; its square is 2 |x| (|x| + |x₀|).
        double factor = 1 / Math.Sqrt(norm * (norm + Math.Abs(x[0])));
        double sign = x[0] < 0 ? 1 : -1;
        x[0] -= sign * norm;
        foreach (ref double value in x) value *= factor;
        return sign;
    }

    private static void Reflect(ReadOnlySpan<double> v, Span<double> x)
    {
        double along = Dot(v, x);
        ReadOnlySpan<Vector512<double>> vs = MemoryMarshal.Cast<double, Vector512<double>>(v);
        Span<Vector512<double>> xs = MemoryMarshal.Cast<double, Vector512<double>>(x);
        for (int i = 0; i < xs.Length; i++) xs[i] -= vs[i] * along;
        for (int i = xs.Length * Vector512<double>.Count; i < x.Length; i++) x[i] -= v[i] * along;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        // Two sums of eight lanes, since one would wait for the addition before it; every processor adds the lanes in the same order.
        ReadOnlySpan<Vector512<double>> left = MemoryMarshal.Cast<double, Vector512<double>>(a);
        ReadOnlySpan<Vector512<double>> right = MemoryMarshal.Cast<double, Vector512<double>>(b);
        (Vector512<double> even, Vector512<double> odd) = (default, default);
        int i = 0;
        for (; i + 1 < left.Length; i += 2)
        {
            even += left[i] * right[i];
            odd += left[i + 1] * right[i + 1];
        }

        if (i < left.Length) even += left[i] * right[i];
        even += odd;
        double sum = 0;
        for (int lane = 0; lane < Vector512<double>.Count; lane++) sum += even[lane];
        for (i = left.Length * Vector512<double>.Count; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
