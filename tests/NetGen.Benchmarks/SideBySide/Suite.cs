using NetGen.Benchmarks.Contenders;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.SideBySide;

/// <summary>
/// Measures all contenders in one run, in turns: NetGen, the first peer, the second, and again. What changes on the machine
/// meanwhile, changes for all.
/// </summary>
internal sealed class Suite(IReadOnlyList<IContender> contenders, Timing timing)
{
    private const double Tolerance = 1e-3;

    /// <summary>Makes sure that all compute the same: outputs within 0.001 of NetGen's.</summary>
    /// <exception cref="InvalidOperationException">A contender computes something else.</exception>
    public void CompareOutputs(IEnumerable<ReferenceNetwork> networks)
    {
        foreach (ReferenceNetwork network in networks)
        {
            float[] expected = contenders[0].Outputs(network).Single().Outputs;
            double worst = 0;
            foreach (IContender peer in contenders.Skip(1))
            {
                foreach ((string variant, float[] outputs) in peer.Outputs(network))
                {
                    double difference = expected.Length == outputs.Length
                        ? expected.Zip(outputs, (a, b) => Math.Abs((double)a - b)).Max()
                        : double.PositiveInfinity;
                    if (!(difference <= Tolerance))
                        throw new InvalidOperationException(FormattableString.Invariant($"{peer.Name} {variant} computes other outputs of {network.Name} than NetGen: {difference:G3} apart."));
                    worst = Math.Max(worst, difference);
                }
            }

            Console.Error.WriteLine(FormattableString.Invariant($"{network.Name}: the outputs of all are within {worst:G2}"));
        }
    }

    /// <summary>Measures the cases.</summary>
    public IEnumerable<Row> Run(IEnumerable<BenchmarkCase> cases)
    {
        Dictionary<int, FmaPeak> peaks = [];
        foreach (BenchmarkCase benchmark in cases)
        {
            if (!peaks.TryGetValue(benchmark.Threads, out FmaPeak? peak))
                peaks[benchmark.Threads] = peak = new FmaPeak(benchmark.Threads);
            yield return Measure(benchmark, peak);
        }

        foreach (FmaPeak peak in peaks.Values)
            peak.Dispose();
    }

    private Row Measure(BenchmarkCase benchmark, FmaPeak peak)
    {
        List<(IContender Contender, IEntry Entry, double[] Seconds)> entries = [];
        foreach (IContender contender in contenders)
        {
            if (contender.Enter(benchmark) is { } entry)
                entries.Add((contender, entry, new double[timing.Rounds]));
        }

        var peaks = new double[timing.Rounds];
        for (int round = 0; round < timing.Rounds; round++)
        {
            peaks[round] = peak.Measure();
            foreach ((_, IEntry entry, double[] seconds) in entries)
                seconds[round] = entry.Turn();
        }

        foreach ((_, IEntry entry, _) in entries)
            entry.Dispose();
        return new Row(benchmark, peaks, [.. entries.Select(e => new Result(e.Contender, e.Entry.Variant, e.Seconds))]);
    }
}
