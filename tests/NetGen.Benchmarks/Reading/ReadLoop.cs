using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Reading;

/// <summary>Reads memory from its begin to its end, again and again, in the widest vectors that the processor has: a limit for what reads its weights once.</summary>
internal sealed unsafe class ReadLoop : IWork, IDisposable
{
    private const int Alignment = 64;

    // Eight loads are in flight, each with a sum of its own.
    private const int Sums = 8;

    private static volatile float s_sink;

    private readonly float* _memory;
    private readonly int _length;

    /// <param name="length">Floats that are read; of the last few, less than eight vectors, none.</param>
    public ReadLoop(int length)
    {
        _length = length;
        _memory = (float*)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), Alignment);
        RandomValues.Array(length, seed: 3).CopyTo(new Span<float>(_memory, length));
    }

    /// <inheritdoc/>
    public void Run(int count)
    {
        for (int i = 0; i < count; i++)
            s_sink = Vector512.IsHardwareAccelerated ? Read512(_memory, _length) : Vector256.IsHardwareAccelerated ? Read256(_memory, _length) : Read128(_memory, _length);
    }

    public void Dispose() => NativeMemory.AlignedFree(_memory);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Read512(float* memory, int length)
    {
        const int lanes = 16;
        Vector512<float> a = Vector512<float>.Zero, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        for (int i = 0; i <= length - (Sums * lanes); i += Sums * lanes)
        {
            float* at = memory + i;
            a += Vector512.Load(at);
            b += Vector512.Load(at + lanes);
            c += Vector512.Load(at + (2 * lanes));
            d += Vector512.Load(at + (3 * lanes));
            e += Vector512.Load(at + (4 * lanes));
            f += Vector512.Load(at + (5 * lanes));
            g += Vector512.Load(at + (6 * lanes));
            h += Vector512.Load(at + (7 * lanes));
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Read256(float* memory, int length)
    {
        const int lanes = 8;
        Vector256<float> a = Vector256<float>.Zero, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        for (int i = 0; i <= length - (Sums * lanes); i += Sums * lanes)
        {
            float* at = memory + i;
            a += Vector256.Load(at);
            b += Vector256.Load(at + lanes);
            c += Vector256.Load(at + (2 * lanes));
            d += Vector256.Load(at + (3 * lanes));
            e += Vector256.Load(at + (4 * lanes));
            f += Vector256.Load(at + (5 * lanes));
            g += Vector256.Load(at + (6 * lanes));
            h += Vector256.Load(at + (7 * lanes));
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Read128(float* memory, int length)
    {
        const int lanes = 4;
        Vector128<float> a = Vector128<float>.Zero, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        for (int i = 0; i <= length - (Sums * lanes); i += Sums * lanes)
        {
            float* at = memory + i;
            a += Vector128.Load(at);
            b += Vector128.Load(at + lanes);
            c += Vector128.Load(at + (2 * lanes));
            d += Vector128.Load(at + (3 * lanes));
            e += Vector128.Load(at + (4 * lanes));
            f += Vector128.Load(at + (5 * lanes));
            g += Vector128.Load(at + (6 * lanes));
            h += Vector128.Load(at + (7 * lanes));
        }

        return Vector128.Sum(a + b + c + d + e + f + g + h);
    }
}
