using BenchmarkDotNet.Attributes;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Micro;

/// <summary>The latency of one sample, and that prediction allocates nothing.</summary>
[MemoryDiagnoser]
public class LatencyBenchmarks
{
    private IWork _work = null!;

    /// <summary>Names of the networks.</summary>
    public static IEnumerable<string> Names => ReferenceNetwork.All.Select(network => network.Name);

    /// <summary>The network.</summary>
    [ParamsSource(nameof(Names))]
    public string Network { get; set; } = "";

    /// <summary>Makes the network.</summary>
    [GlobalSetup]
    public void Setup() => _work = ReferenceNetwork.All.Single(network => network.Name == Network).Prediction(batch: 1, threads: 1);

    /// <summary>One sample.</summary>
    [Benchmark]
    public void Predict() => _work.Run(1);
}
