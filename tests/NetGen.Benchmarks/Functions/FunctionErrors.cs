namespace NetGen.Benchmarks.Functions;

/// <summary>What was found about a function over many inputs.</summary>
/// <param name="MaxUlp">The largest error, in units in the last place of the float nearest to the exact result.</param>
/// <param name="At">The input of that error.</param>
/// <param name="MaxAbsolute">The largest absolute error of a finite result.</param>
/// <param name="Decreases">How often a result is smaller than that of the next smaller input.</param>
/// <param name="DifferentBits">Inputs whose results differ between vector widths.</param>
/// <param name="WrongSpecial">Inputs that are NaN, or whose exact result is 0 or infinite, with another result.</param>
internal sealed record FunctionErrors(double MaxUlp, float At, double MaxAbsolute, long Decreases, long DifferentBits, long WrongSpecial)
{
    private static readonly FunctionErrors None = new(0, 0, 0, 0, 0, 0);

    /// <summary>A multiple of all vectors.</summary>
    private const int Chunk = 1 << 16;

    private const long Patterns = 1L << 32;

    /// <summary>Checks a function at every <paramref name="stride"/>th bit pattern of a float.</summary>
    /// <param name="function">The function.</param>
    /// <param name="stride">1 for all 2³² patterns.</param>
    /// <param name="threads">The number of threads.</param>
    public static FunctionErrors Of(CheckedFunction function, long stride, int threads)
    {
        long count = (Patterns + stride - 1) / stride;
        FunctionErrors all = None;
        Lock guard = new();

        // Neighbouring chunks share an input, so that a decrease between them is found.
        Parallel.For(
            0,
            (count + Chunk - 2) / (Chunk - 1),
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => (Buffers: new ChunkBuffers(Chunk), Found: None),
            (chunk, _, state) => (state.Buffers, state.Found.And(OfChunk(function, state.Buffers, chunk * (Chunk - 1), stride))),
            state =>
            {
                lock (guard)
                    all = all.And(state.Found);
            });
        return all;
    }

    /// <summary>The float at a position in ascending order: NaNs with a sign, −∞ to −0, 0 to ∞, and the other NaNs.</summary>
    private static float AtPosition(long position)
    {
        uint place = (uint)Math.Min(position, Patterns - 1);
        return BitConverter.UInt32BitsToSingle(place < 0x80000000u ? ~place : place ^ 0x80000000u);
    }

    private static FunctionErrors OfChunk(CheckedFunction function, ChunkBuffers buffers, long first, long stride)
    {
        float[] inputs = buffers.Inputs, outputs = buffers.Wide;
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = AtPosition((first + i) * stride);
        function.Evaluate512(inputs, outputs);
        function.Evaluate256(inputs, buffers.Medium);
        function.Evaluate128(inputs, buffers.Narrow);

        double maxUlp = 0, maxAbsolute = 0;
        float at = 0;
        long decreases = 0, different = 0, wrong = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            float x = inputs[i], y = outputs[i];
            if (!HaveSameBits(y, buffers.Medium[i]) || !HaveSameBits(y, buffers.Narrow[i]))
                different++;
            if (i > 0 && y < outputs[i - 1])
                decreases++;
            double exact = function.Reference(x);
            float rounded = (float)exact;
            if (float.IsNaN(rounded) || float.IsInfinity(rounded) || exact == 0)
            {
                // A float just above the largest one is rounded to ∞; the largest itself is then half an ulp away.
                bool isRight = rounded.Equals(y) || (float.IsInfinity(rounded) && float.IsFinite((float)(exact * (1 - 1e-6))) && y >= float.MaxValue);
                wrong += isRight ? 0 : 1;
                continue;
            }

            double error = float.IsInfinity(y) ? Math.Abs(Math.CopySign(Math.Pow(2, 128), y) - exact) : Math.Abs(y - exact);
            maxAbsolute = Math.Max(maxAbsolute, float.IsInfinity(y) ? 0 : error);
            double ulp = error / UnitInLastPlace(rounded);
            if (!(ulp <= maxUlp))
                (maxUlp, at) = (ulp, x);
        }

        return new(maxUlp, at, maxAbsolute, decreases, different, wrong);
    }

    /// <summary>Whether two results are the same; the sign of a NaN and its digits mean nothing.</summary>
    private static bool HaveSameBits(float left, float right) =>
        BitConverter.SingleToInt32Bits(left) == BitConverter.SingleToInt32Bits(right) || (float.IsNaN(left) && float.IsNaN(right));

    private static double UnitInLastPlace(float value)
    {
        int exponent = (BitConverter.SingleToInt32Bits(value) >> 23) & 0xFF;
        return BitConverter.Int64BitsToDouble((long)(Math.Max(exponent, 1) - 150 + 1023) << 52);
    }

    private FunctionErrors And(FunctionErrors other) => new(
        Math.Max(MaxUlp, other.MaxUlp),
        other.MaxUlp > MaxUlp ? other.At : At,
        Math.Max(MaxAbsolute, other.MaxAbsolute),
        Decreases + other.Decreases,
        DifferentBits + other.DifferentBits,
        WrongSpecial + other.WrongSpecial);

    private sealed class ChunkBuffers(int length)
    {
        public float[] Inputs { get; } = new float[length];

        public float[] Wide { get; } = new float[length];

        public float[] Medium { get; } = new float[length];

        public float[] Narrow { get; } = new float[length];
    }
}
