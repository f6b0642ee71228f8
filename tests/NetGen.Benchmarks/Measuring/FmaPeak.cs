using System.Diagnostics;

namespace NetGen.Benchmarks.Measuring;

/// <summary>
/// The most multiply-adds that the processor does, with as many threads at once as the measurement beside it: the limit
/// of every kernel. Threads begin together; the slowest counts.
/// </summary>
internal sealed class FmaPeak : IDisposable
{
    private const double ProbeTime = 0.003;

    /// <summary>Probes of one measurement; the fastest counts, because a limit is what was reached undisturbed.</summary>
    private const int Probes = 3;

    /// <summary>
    /// Several threads wait so long before they are measured: those of the library that was measured before keep their processors
    /// for some milliseconds, looking for more work.
    /// </summary>
    private const int CalmMilliseconds = 30;

    private readonly long _iterations;
    private readonly Helper[] _helpers;

    public FmaPeak(int threads)
    {
        _helpers = [.. Enumerable.Range(1, threads - 1).Select(_ => new Helper())];
        FmaLoop.Run(1000);
        long iterations = 1000;
        for (double seconds = 0; seconds < ProbeTime; iterations *= 2)
            seconds = Timed(iterations);
        _iterations = iterations / 2;
    }

    /// <summary>One measurement, in operations a second, of all threads together; a multiply-add counts 2.</summary>
    public double Measure()
    {
        if (_helpers.Length > 0)
            Thread.Sleep(CalmMilliseconds);
        return Enumerable.Range(0, Probes * (1 + _helpers.Length)).Max(_ => Probe());
    }

    private double Probe()
    {
        foreach (Helper helper in _helpers)
            helper.Begin(_iterations);
        double slowest = Timed(_iterations);
        foreach (Helper helper in _helpers)
            slowest = Math.Max(slowest, helper.End());
        return (1 + _helpers.Length) * _iterations * FmaLoop.FlopsPerIteration / slowest;
    }

    public void Dispose()
    {
        foreach (Helper helper in _helpers)
            helper.Stop();
    }

    private static double Timed(long iterations)
    {
        long start = Stopwatch.GetTimestamp();
        FmaLoop.Run(iterations);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>A thread that computes when asked and sleeps in between.</summary>
    private sealed class Helper
    {
        private readonly SemaphoreSlim _begin = new(0);
        private readonly SemaphoreSlim _end = new(0);
        private long _iterations;
        private double _seconds;
        private volatile bool _ready;

        public Helper() => new Thread(Loop) { IsBackground = true, Name = "FMA peak" }.Start();

        /// <summary>Wakes the thread; returns when it is about to compute.</summary>
        public void Begin(long iterations)
        {
            _iterations = iterations;
            _ready = false;
            _begin.Release();
            SpinWait.SpinUntil(() => _ready);
        }

        /// <summary>Seconds that it took.</summary>
        public double End()
        {
            _end.Wait();
            return _seconds;
        }

        public void Stop()
        {
            _iterations = 0;
            _begin.Release();
        }

        private void Loop()
        {
            for (_begin.Wait(); _iterations > 0; _begin.Wait())
            {
                _ready = true;
                _seconds = Timed(_iterations);
                _end.Release();
            }
        }
    }
}
