using System.Diagnostics;

namespace NetGen.Benchmarks.Measuring;

/// <summary>What one core can do at most, as measured.</summary>
/// <param name="Peak">Operations a second of the FMA loop; a multiply-add counts 2.</param>
/// <param name="Clock">Cycles a second.</param>
internal sealed record CoreLimit(double Peak, double Clock)
{
    private const int Probes = 300;

    /// <summary>Some tenths of a millisecond of either loop.</summary>
    private const int Iterations = 30_000;

    /// <summary>
    /// Multiply-adds of a whole vector that a core completes in a cycle: the number of its FMA units for this vector width. Processors
    /// with one and with two differ in how much of the peak a kernel can reach, since loading and storing costs both the same.
    /// </summary>
    public double FmaPerCycle => Peak / (2.0 * FmaLoop.VectorBits / 32) / Clock;

    /// <summary>Measures both in turns, in short probes of which the fastest count: a limit is what was reached undisturbed.</summary>
    public static CoreLimit Measure()
    {
        double peak = 0, clock = 0;
        for (int probe = 0; probe < Probes; probe++)
        {
            peak = Math.Max(peak, FmaRate());
            clock = Math.Max(clock, CoreClock.Measure(Iterations));
        }

        return new CoreLimit(peak, clock);
    }

    private static double FmaRate()
    {
        long start = Stopwatch.GetTimestamp();
        FmaLoop.Run(Iterations);
        return Iterations * FmaLoop.FlopsPerIteration / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
