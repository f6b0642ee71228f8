using System.Globalization;
using System.Text;
using NetGen.Benchmarks.Kernels;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;
using NetGen.Benchmarks.Reporting;

namespace NetGen.Benchmarks.CostModel;

/// <summary>Measures the kernels of the layers at inference in cycles, beside those that the generator expects.</summary>
internal static class CostModelSuite
{
    private const int ClockIterations = 30_000;

    /// <summary>Measures with one thread, and gives the table.</summary>
    public static string Table(IEnumerable<ReferenceNetwork> networks, Timing timing)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"### {Machine.Measure().Title}\n\n");
        text.Append("| kernel | tile | expected cycles | measured | measured of expected | multiply-adds a cycle |\n|---|---|--:|--:|--:|--:|\n");
        foreach (ReferenceNetwork network in networks)
        {
            var expected = new ExpectedCycles(network.Type);
            foreach (KernelProbe probe in network.Kernels.Where(probe => probe.Role == KernelRole.Inference))
            {
                double measured = Cycles(probe, timing);
                double vectors = network.Needed.Of(probe.Layer) / (FmaLoop.VectorBits / 32.0);
                string line = expected.Of(probe.Layer, probe.Samples) is { } expectation
                    ? FormattableString.Invariant($"{expectation.Tile} | {expectation.Cycles:N0} | {measured:N0} | {measured / expectation.Cycles:F2}")
                    : FormattableString.Invariant($"| | {measured:N0} | ");
                text.Append(CultureInfo.InvariantCulture, $"| {network.Name} {probe.Layer} | {line} | {vectors / measured:F2} |\n");
            }
        }

        return text.ToString();
    }

    /// <summary>The cycles of a kernel for one sample, the median of the rounds; the clock is measured in each of them.</summary>
    private static double Cycles(KernelProbe probe, Timing timing)
    {
        IWork work = probe.Prepare();
        Stopper.UntilCompiled(work);
        return Statistics.Median(Enumerable.Range(0, timing.Rounds).Select(_ =>
        {
            double seconds = Stopper.Turn(work, timing);
            double clock = Enumerable.Range(0, 3).Max(_ => CoreClock.Measure(ClockIterations));
            return seconds * clock / probe.Samples;
        }));
    }
}
