using System.Diagnostics;
using System.Runtime;

namespace NetGen.Benchmarks.Measuring;

/// <summary>How long the parts of a measurement last.</summary>
/// <param name="Rounds">How often every contender has its turn.</param>
/// <param name="Blocks">Blocks of equal work in a turn; the turn's result is the median block.</param>
/// <param name="BlockTime">Seconds that a block lasts at least, unless one repetition lasts longer.</param>
/// <param name="WarmUpTime">Seconds of unmeasured work at the start of a turn: caches and threads are awake when the clock starts.</param>
internal sealed record Timing(int Rounds, int Blocks, double BlockTime, double WarmUpTime)
{
    /// <summary>For tables that are kept.</summary>
    public static Timing Full { get; } = new(Rounds: 11, Blocks: 3, BlockTime: 0.015, WarmUpTime: 0.010);

    /// <summary>For a first look.</summary>
    public static Timing Quick { get; } = new(Rounds: 3, Blocks: 3, BlockTime: 0.005, WarmUpTime: 0.005);
}

/// <summary>Times work in this process.</summary>
internal static class Stopper
{
    /// <summary>
    /// Repeats work until the JIT has nothing more to do for it: drivers are compiled anew after 30 calls and a delay,
    /// and once more with what was learned by then.
    /// </summary>
    public static void UntilCompiled(IWork work)
    {
        const int callsForNextTier = 40;
        const int mostAttempts = 12;
        int quiet = 0;
        for (int attempt = 0; attempt < mostAttempts && quiet < 2; attempt++)
        {
            long before = JitInfo.GetCompiledMethodCount();
            work.Run(callsForNextTier);
            Thread.Sleep(TimeSpan.FromMilliseconds(150));
            quiet = JitInfo.GetCompiledMethodCount() == before ? quiet + 1 : 0;
        }
    }

    /// <summary>One turn of the work, in seconds for each repetition.</summary>
    public static double Turn(IWork work, Timing timing)
    {
        int warmed = 0;
        long start = Stopwatch.GetTimestamp();
        for (int next = 1; warmed == 0 || Seconds(start) < timing.WarmUpTime; next = warmed)
        {
            work.Run(next);
            warmed += next;
        }

        int count = Math.Max(1, (int)Math.Ceiling(timing.BlockTime * warmed / Seconds(start)));
        var blocks = new double[timing.Blocks];
        for (int block = 0; block < blocks.Length; block++)
        {
            start = Stopwatch.GetTimestamp();
            work.Run(count);
            blocks[block] = Seconds(start) / count;
        }

        return Statistics.Median(blocks);
    }

    private static double Seconds(long since) => Stopwatch.GetElapsedTime(since).TotalSeconds;
}
