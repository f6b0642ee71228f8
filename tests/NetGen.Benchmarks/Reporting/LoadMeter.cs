using System.Diagnostics;

namespace NetGen.Benchmarks.Reporting;

/// <summary>How much other processes computed during a run: figures taken beside them are worth little.</summary>
/// <param name="peers">The processor time that the peers have used.</param>
internal sealed class LoadMeter(Func<TimeSpan> peers)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TimeSpan _others = Machine.BusyTime() - Own() - peers();

    /// <summary>Processors kept busy by other processes, on average since the meter was made.</summary>
    public double Processors => Math.Max(0, (Machine.BusyTime() - Own() - peers() - _others) / Stopwatch.GetElapsedTime(_start));

    /// <summary>Time since the meter was made.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    private static TimeSpan Own()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
