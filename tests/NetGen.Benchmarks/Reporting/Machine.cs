using System.Runtime.InteropServices;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Reporting;

/// <summary>Where the figures come from.</summary>
/// <param name="Processor">The processor's name.</param>
/// <param name="Core">What one of its cores can do.</param>
internal sealed record Machine(string Processor, CoreLimit Core)
{
    /// <summary>The processor and its FMA units, for the heading of a table.</summary>
    public string Title => FormattableString.Invariant(
        $"{Processor}, {Core.FmaPerCycle:F1} FMA of {FmaLoop.VectorBits} bits a cycle");

    /// <summary>All else in one line.</summary>
    public string Description => FormattableString.Invariant(
        $"One core: {Core.Peak / 1e9:F0} GFLOP/s at {Core.Clock / 1e9:F2} GHz, as measured. {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.FrameworkDescription}.");

    /// <summary>Measures the core.</summary>
    public static Machine Measure() => new(ProcessorName.Get(), CoreLimit.Measure());

    /// <summary>Busy time of all processors since the start of the system, where the system tells; else zero.</summary>
    public static TimeSpan BusyTime()
    {
        const string statistics = "/proc/stat";
        if (!File.Exists(statistics))
            return TimeSpan.Zero;
        // cpu user nice system idle iowait irq softirq steal, in hundredths of a second.
        long[] ticks = [.. File.ReadLines(statistics).First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(long.Parse)];
        return TimeSpan.FromMilliseconds(10 * (ticks.Sum() - ticks[3] - ticks[4]));
    }
}
