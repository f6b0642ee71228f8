using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Contenders;

/// <summary>NetGen, in this process.</summary>
internal sealed class NetGenContender(Timing timing) : IContender
{
    private readonly HashSet<(ReferenceNetwork, Mode)> _compiled = [];

    public string Name => "NetGen";

    public bool SameWork => true;

    public IEntry Enter(BenchmarkCase benchmark)
    {
        if (_compiled.Add((benchmark.Network, benchmark.Mode)))
        {
            foreach ((int batch, int threads) in new[] { (1, 1), (16, 1), (16, 2) })
                Stopper.UntilCompiled(Work(benchmark with { Batch = batch, Threads = threads }));
        }

        return new Entry(Work(benchmark), timing);
    }

    public IEnumerable<(string Variant, float[] Outputs)> Outputs(ReferenceNetwork network) =>
        [("", network.Predict(PeerFiles.Inputs(network)))];

    public void Dispose()
    {
    }

    private static IWork Work(BenchmarkCase benchmark) => benchmark.Mode == Mode.Predict
        ? benchmark.Network.Prediction(benchmark.Batch, benchmark.Threads)
        : benchmark.Network.Training(benchmark.Batch, benchmark.Threads);

    private sealed class Entry(IWork work, Timing timing) : IEntry
    {
        public string Variant => "";

        public double Turn() => Stopper.Turn(work, timing);

        public void Dispose()
        {
        }
    }
}
