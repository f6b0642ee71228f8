using System.Runtime.InteropServices;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Reporting;

/// <summary>Where the figures come from.</summary>
internal static class Machine
{
    /// <summary>Processor, system and runtime in one line.</summary>
    public static string Description => FormattableString.Invariant(
        $"{Processor()}, {Environment.ProcessorCount} processors, vectors of {FmaLoop.VectorBits} bits, {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.FrameworkDescription}");

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

    private static string Processor()
    {
        const string information = "/proc/cpuinfo";
        string? line = File.Exists(information)
            ? File.ReadLines(information).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
