using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.Benchmarks.Measuring;

/// <summary>
/// The clock of one core while it computes. What the system reports is often the nominal clock, and a virtual machine reports what
/// it likes; a chain of additions and exclusive ors takes one cycle for each, on every processor that .NET runs on.
/// </summary>
internal static class CoreClock
{
    private const int OperationsPerIteration = 32;

    private static ulong s_sink;

    /// <summary>Runs the chain; the result is the cycles of a second.</summary>
    public static double Measure(int iterations)
    {
        long start = Stopwatch.GetTimestamp();
        s_sink = Chain(s_sink, 0x9E3779B97F4A7C15, 0xD1B54A32D192ED03, iterations);
        return (double)iterations * OperationsPerIteration / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    // Each line needs the result of the one before. Two kinds of operations take turns, so that the JIT cannot make one of two.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static ulong Chain(ulong x, ulong a, ulong b, int iterations)
    {
        for (int i = 0; i < iterations; i++)
        {
            x += a; x ^= b; x += a; x ^= b; x += a; x ^= b; x += a; x ^= b;
            x += a; x ^= b; x += a; x ^= b; x += a; x ^= b; x += a; x ^= b;
            x += a; x ^= b; x += a; x ^= b; x += a; x ^= b; x += a; x ^= b;
            x += a; x ^= b; x += a; x ^= b; x += a; x ^= b; x += a; x ^= b;
        }

        return x;
    }
}
