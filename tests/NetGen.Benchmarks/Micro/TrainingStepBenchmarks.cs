using BenchmarkDotNet.Attributes;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Micro;

/// <summary>Forward, backward and a step of SGD, and that they allocate nothing.</summary>
[MemoryDiagnoser]
public class TrainingStepBenchmarks
{
    private IWork _work = null!;

    /// <summary>Names of the networks.</summary>
    public static IEnumerable<string> Names => ReferenceNetwork.All.Select(network => network.Name);

    /// <summary>The network.</summary>
    [ParamsSource(nameof(Names))]
    public string Network { get; set; } = "";

    /// <summary>Threads that share the batch.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Makes the network; the first step allocates the optimizer's state.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _work = ReferenceNetwork.All.Single(network => network.Name == Network).Training(batch: 64, Threads);
        _work.Run(1);
    }

    /// <summary>One step on 64 samples.</summary>
    [Benchmark]
    public void Step() => _work.Run(1);
}
