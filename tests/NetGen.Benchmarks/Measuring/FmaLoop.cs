using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace NetGen.Benchmarks.Measuring;

/// <summary>
/// Multiply-adds in independent accumulators, in the widest vectors that the processor has: enough of them in flight to hide the
/// latency of each, and no memory in the loop.
/// </summary>
internal static class FmaLoop
{
    private static volatile float s_sink;

    /// <summary>Bits of the vectors that the generated kernels use here, too.</summary>
    public static int VectorBits =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Operations in one iteration; a multiply-add counts 2.</summary>
    public static double FlopsPerIteration => 2.0 * Accumulators * VectorBits / 32;

    // Two more registers hold the factors: with 16 registers, 16 accumulators would go through memory and measure that.
    private static int Accumulators => HasManyRegisters ? 16 : 12;

    private static bool HasManyRegisters => Vector512.IsHardwareAccelerated || AdvSimd.IsSupported;

    /// <summary>Runs the loop.</summary>
    public static void Run(long iterations) => s_sink = VectorBits switch
    {
        512 => Run512(iterations),
        256 => Run256(iterations),
        _ => HasManyRegisters ? Run128WithManyRegisters(iterations) : Run128(iterations),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Run512(long iterations)
    {
        Vector512<float> factor = Vector512.Create(0.999999f), addend = Vector512.Create(1e-6f);
        Vector512<float> a00 = Vector512<float>.Zero, a01 = Vector512<float>.Zero, a02 = Vector512<float>.Zero, a03 = Vector512<float>.Zero;
        Vector512<float> a04 = Vector512<float>.Zero, a05 = Vector512<float>.Zero, a06 = Vector512<float>.Zero, a07 = Vector512<float>.Zero;
        Vector512<float> a08 = Vector512<float>.Zero, a09 = Vector512<float>.Zero, a10 = Vector512<float>.Zero, a11 = Vector512<float>.Zero;
        Vector512<float> a12 = Vector512<float>.Zero, a13 = Vector512<float>.Zero, a14 = Vector512<float>.Zero, a15 = Vector512<float>.Zero;
        for (long i = 0; i < iterations; i++)
        {
            a00 = Vector512.MultiplyAddEstimate(a00, factor, addend);
            a01 = Vector512.MultiplyAddEstimate(a01, factor, addend);
            a02 = Vector512.MultiplyAddEstimate(a02, factor, addend);
            a03 = Vector512.MultiplyAddEstimate(a03, factor, addend);
            a04 = Vector512.MultiplyAddEstimate(a04, factor, addend);
            a05 = Vector512.MultiplyAddEstimate(a05, factor, addend);
            a06 = Vector512.MultiplyAddEstimate(a06, factor, addend);
            a07 = Vector512.MultiplyAddEstimate(a07, factor, addend);
            a08 = Vector512.MultiplyAddEstimate(a08, factor, addend);
            a09 = Vector512.MultiplyAddEstimate(a09, factor, addend);
            a10 = Vector512.MultiplyAddEstimate(a10, factor, addend);
            a11 = Vector512.MultiplyAddEstimate(a11, factor, addend);
            a12 = Vector512.MultiplyAddEstimate(a12, factor, addend);
            a13 = Vector512.MultiplyAddEstimate(a13, factor, addend);
            a14 = Vector512.MultiplyAddEstimate(a14, factor, addend);
            a15 = Vector512.MultiplyAddEstimate(a15, factor, addend);
        }

        return Vector512.Sum(a00 + a01 + a02 + a03 + a04 + a05 + a06 + a07
            + a08 + a09 + a10 + a11 + a12 + a13 + a14 + a15);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Run256(long iterations)
    {
        Vector256<float> factor = Vector256.Create(0.999999f), addend = Vector256.Create(1e-6f);
        Vector256<float> a00 = Vector256<float>.Zero, a01 = Vector256<float>.Zero, a02 = Vector256<float>.Zero, a03 = Vector256<float>.Zero;
        Vector256<float> a04 = Vector256<float>.Zero, a05 = Vector256<float>.Zero, a06 = Vector256<float>.Zero, a07 = Vector256<float>.Zero;
        Vector256<float> a08 = Vector256<float>.Zero, a09 = Vector256<float>.Zero, a10 = Vector256<float>.Zero, a11 = Vector256<float>.Zero;
        for (long i = 0; i < iterations; i++)
        {
            a00 = Vector256.MultiplyAddEstimate(a00, factor, addend);
            a01 = Vector256.MultiplyAddEstimate(a01, factor, addend);
            a02 = Vector256.MultiplyAddEstimate(a02, factor, addend);
            a03 = Vector256.MultiplyAddEstimate(a03, factor, addend);
            a04 = Vector256.MultiplyAddEstimate(a04, factor, addend);
            a05 = Vector256.MultiplyAddEstimate(a05, factor, addend);
            a06 = Vector256.MultiplyAddEstimate(a06, factor, addend);
            a07 = Vector256.MultiplyAddEstimate(a07, factor, addend);
            a08 = Vector256.MultiplyAddEstimate(a08, factor, addend);
            a09 = Vector256.MultiplyAddEstimate(a09, factor, addend);
            a10 = Vector256.MultiplyAddEstimate(a10, factor, addend);
            a11 = Vector256.MultiplyAddEstimate(a11, factor, addend);
        }

        return Vector256.Sum(a00 + a01 + a02 + a03 + a04 + a05
            + a06 + a07 + a08 + a09 + a10 + a11);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Run128WithManyRegisters(long iterations)
    {
        Vector128<float> factor = Vector128.Create(0.999999f), addend = Vector128.Create(1e-6f);
        Vector128<float> a00 = Vector128<float>.Zero, a01 = Vector128<float>.Zero, a02 = Vector128<float>.Zero, a03 = Vector128<float>.Zero;
        Vector128<float> a04 = Vector128<float>.Zero, a05 = Vector128<float>.Zero, a06 = Vector128<float>.Zero, a07 = Vector128<float>.Zero;
        Vector128<float> a08 = Vector128<float>.Zero, a09 = Vector128<float>.Zero, a10 = Vector128<float>.Zero, a11 = Vector128<float>.Zero;
        Vector128<float> a12 = Vector128<float>.Zero, a13 = Vector128<float>.Zero, a14 = Vector128<float>.Zero, a15 = Vector128<float>.Zero;
        for (long i = 0; i < iterations; i++)
        {
            a00 = Vector128.MultiplyAddEstimate(a00, factor, addend);
            a01 = Vector128.MultiplyAddEstimate(a01, factor, addend);
            a02 = Vector128.MultiplyAddEstimate(a02, factor, addend);
            a03 = Vector128.MultiplyAddEstimate(a03, factor, addend);
            a04 = Vector128.MultiplyAddEstimate(a04, factor, addend);
            a05 = Vector128.MultiplyAddEstimate(a05, factor, addend);
            a06 = Vector128.MultiplyAddEstimate(a06, factor, addend);
            a07 = Vector128.MultiplyAddEstimate(a07, factor, addend);
            a08 = Vector128.MultiplyAddEstimate(a08, factor, addend);
            a09 = Vector128.MultiplyAddEstimate(a09, factor, addend);
            a10 = Vector128.MultiplyAddEstimate(a10, factor, addend);
            a11 = Vector128.MultiplyAddEstimate(a11, factor, addend);
            a12 = Vector128.MultiplyAddEstimate(a12, factor, addend);
            a13 = Vector128.MultiplyAddEstimate(a13, factor, addend);
            a14 = Vector128.MultiplyAddEstimate(a14, factor, addend);
            a15 = Vector128.MultiplyAddEstimate(a15, factor, addend);
        }

        return Vector128.Sum(a00 + a01 + a02 + a03 + a04 + a05 + a06 + a07
            + a08 + a09 + a10 + a11 + a12 + a13 + a14 + a15);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Run128(long iterations)
    {
        Vector128<float> factor = Vector128.Create(0.999999f), addend = Vector128.Create(1e-6f);
        Vector128<float> a00 = Vector128<float>.Zero, a01 = Vector128<float>.Zero, a02 = Vector128<float>.Zero, a03 = Vector128<float>.Zero;
        Vector128<float> a04 = Vector128<float>.Zero, a05 = Vector128<float>.Zero, a06 = Vector128<float>.Zero, a07 = Vector128<float>.Zero;
        Vector128<float> a08 = Vector128<float>.Zero, a09 = Vector128<float>.Zero, a10 = Vector128<float>.Zero, a11 = Vector128<float>.Zero;
        for (long i = 0; i < iterations; i++)
        {
            a00 = Vector128.MultiplyAddEstimate(a00, factor, addend);
            a01 = Vector128.MultiplyAddEstimate(a01, factor, addend);
            a02 = Vector128.MultiplyAddEstimate(a02, factor, addend);
            a03 = Vector128.MultiplyAddEstimate(a03, factor, addend);
            a04 = Vector128.MultiplyAddEstimate(a04, factor, addend);
            a05 = Vector128.MultiplyAddEstimate(a05, factor, addend);
            a06 = Vector128.MultiplyAddEstimate(a06, factor, addend);
            a07 = Vector128.MultiplyAddEstimate(a07, factor, addend);
            a08 = Vector128.MultiplyAddEstimate(a08, factor, addend);
            a09 = Vector128.MultiplyAddEstimate(a09, factor, addend);
            a10 = Vector128.MultiplyAddEstimate(a10, factor, addend);
            a11 = Vector128.MultiplyAddEstimate(a11, factor, addend);
        }

        return Vector128.Sum(a00 + a01 + a02 + a03 + a04 + a05
            + a06 + a07 + a08 + a09 + a10 + a11);
    }
}
