using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Kernels;

/// <summary>What was measured of one kernel with one thread.</summary>
/// <param name="Network">The network.</param>
/// <param name="Probe">The kernel.</param>
/// <param name="FlopRate">Needed operations a second, the median of the rounds.</param>
/// <param name="ShareOfPeak">The share of the FMA peak measured before and after in the same round, the median of the rounds.</param>
internal sealed record KernelResult(ReferenceNetwork Network, KernelProbe Probe, double FlopRate, double ShareOfPeak);

/// <summary>Measures single kernels beside the FMA peak.</summary>
internal static class KernelSuite
{
    /// <summary>A kernel's turn is short, so it has more of them than a network, for the machine's speed to even out.</summary>
    private const int RoundFactor = 3;

    public static IEnumerable<KernelResult> Run(IEnumerable<ReferenceNetwork> networks, Timing timing)
    {
        using var peak = new FmaPeak(threads: 1);
        foreach (ReferenceNetwork network in networks)
        {
            foreach (KernelProbe probe in network.Kernels)
            {
                IWork work = probe.Prepare();
                Stopper.UntilCompiled(work);
                double flops = 2.0 * probe.Samples * network.Needed.Of(probe.Layer);
                int rounds = RoundFactor * timing.Rounds;
                var peaks = new double[rounds];
                var rates = new double[rounds];
                double before = peak.Measure();
                for (int round = 0; round < rounds; round++)
                {
                    rates[round] = flops / Stopper.Turn(work, timing);
                    double after = peak.Measure();
                    peaks[round] = (before + after) / 2;
                    before = after;
                }

                yield return new KernelResult(network, probe, Statistics.Median(rates), Statistics.MedianRatio(rates, peaks));
            }
        }
    }
}
