using NetGen.Benchmarks.Contenders;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.SideBySide;

/// <summary>What was measured of one case, one value a round.</summary>
/// <param name="Case">The case.</param>
/// <param name="Peak">The FMA peak with the case's number of threads, operations a second.</param>
/// <param name="Contenders">NetGen first; those that do not do such work are missing.</param>
internal sealed record Row(BenchmarkCase Case, IReadOnlyList<double> Peak, IReadOnlyList<Result> Contenders)
{
    /// <summary>NetGen's result.</summary>
    public Result NetGen => Contenders[0];

    /// <summary>The fastest of the peers that do the same work; null when none takes part.</summary>
    public Result? BestPeer => Contenders.Skip(1).Where(result => result.Contender.SameWork).MinBy(result => result.Median);

    /// <summary>Needed operations a second.</summary>
    public double FlopRate => Case.Flops / NetGen.Median;

    /// <summary>The share of the peak that NetGen reaches.</summary>
    public double ShareOfPeak => Statistics.MedianRatio(NetGen.Seconds.Select(seconds => Case.Flops / seconds), Peak);

    /// <summary>The result of a contender, if it does such work.</summary>
    public Result? Of(IContender contender) => Contenders.FirstOrDefault(result => result.Contender == contender);

    /// <summary>How many times as long as NetGen a contender takes.</summary>
    public double Ratio(Result peer) => Statistics.MedianRatio(peer.Seconds, NetGen.Seconds);
}

/// <summary>What was measured of one contender in one case.</summary>
internal sealed record Result(IContender Contender, string Variant, IReadOnlyList<double> Seconds)
{
    /// <summary>Seconds, the median of the rounds.</summary>
    public double Median => Statistics.Median(Seconds);
}
