using System.Runtime.Intrinsics;
using System.Text.Json.Nodes;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Contenders;

/// <summary>
/// PyTorch, each case in the fastest of its configurations: as it is, traced and frozen, channels last; with the vector
/// width that it chooses, or 512 bits; several threads with the BLAS that shares its thread pool, if that is there.
/// </summary>
internal sealed class TorchContender : IContender
{
    /// <summary>How to get it.</summary>
    public const string Installation = "apt-get install python3-torch python3-numpy libopenblas0-openmp";

    private const int Trials = 2;

    private readonly List<Configuration> _configurations = [];
    private readonly Timing _timing;
    private readonly bool _dropout = true;

    /// <summary>Starts it.</summary>
    /// <param name="python">The interpreter.</param>
    /// <param name="folder">Weights and inputs.</param>
    /// <param name="threads">The numbers of threads that there will be cases for.</param>
    /// <param name="openBlas">The folder of the OpenMP variant of OpenBLAS.</param>
    /// <param name="timing">How long a turn lasts.</param>
    /// <exception cref="PeerException">It is not there.</exception>
    public TorchContender(string python, string folder, IEnumerable<int> threads, string openBlas, Timing timing)
    {
        _timing = timing;
        try
        {
            foreach (int count in threads)
            {
                string? shared = count > 1 && Directory.Exists(openBlas) ? openBlas : null;
                Start(python, folder, count, shared, capability: null);
                if (Vector512.IsHardwareAccelerated)
                    Start(python, folder, count, shared, capability: "avx512");
            }
        }
        catch (PeerException)
        {
            Dispose();
            throw;
        }
    }

    private TorchContender(TorchContender other)
    {
        _configurations = other._configurations;
        _timing = other._timing;
        _dropout = false;
    }

    public string Name => _configurations[0].Process.Name + (_dropout ? "" : " without dropout");

    public bool SameWork => _dropout;

    /// <summary>Processor time of all its processes.</summary>
    public TimeSpan ProcessorTime => _configurations.Aggregate(TimeSpan.Zero, (sum, c) => sum + c.Process.ProcessorTime);

    /// <summary>The same processes, training the networks without their dropout layers: less work than NetGen does.</summary>
    public TorchContender WithoutDropout() => new(this);

    public IEntry? Enter(BenchmarkCase benchmark)
    {
        if (!_dropout && !benchmark.HasDropout)
            return null;
        IEnumerable<Entry> entries =
            from configuration in _configurations
            where configuration.Threads == benchmark.Threads
            from variant in Variants(configuration, benchmark)
            select new Entry(configuration, Request("turn", benchmark.Network, ModeName(benchmark)), benchmark.Batch, variant, _timing);
        return entries.MinBy(entry => Enumerable.Range(0, Trials).Min(_ => entry.Turn()))
            ?? throw new PeerException($"PyTorch was not started for {benchmark.Threads} threads.");
    }

    public IEnumerable<(string Variant, float[] Outputs)> Outputs(ReferenceNetwork network)
    {
        if (!_dropout)
            yield break;
        foreach (Configuration configuration in _configurations)
        {
            foreach (string variant in Variants(configuration, new BenchmarkCase(network, Mode.Predict, 1, configuration.Threads)))
            {
                JsonObject request = Request("outputs", network, "infer");
                request["variant"] = variant;
                yield return ($"{variant} {configuration.Label}", [.. configuration.Process.Ask(request)["outputs"]!.AsArray().Select(v => (float)v!)]);
            }
        }
    }

    public void Dispose()
    {
        if (!_dropout)
            return;
        foreach (Configuration configuration in _configurations)
            configuration.Process.Dispose();
    }

    private void Start(string python, string folder, int threads, string? openBlas, string? capability)
    {
        // Tensors of training are large: without these limits glibc gives their memory back to the system at every step.
        var environment = new Dictionary<string, string>
        {
            ["MALLOC_TRIM_THRESHOLD_"] = "8589934592",
            ["MALLOC_MMAP_THRESHOLD_"] = "8589934592",
        };
        if (openBlas is not null)
            environment["LD_LIBRARY_PATH"] = openBlas;
        if (capability is not null)
            environment["ATEN_CPU_CAPABILITY"] = capability;
        string label = string.Join(' ', new[] { openBlas is null ? null : "openmp-blas", capability }.OfType<string>());
        string[] arguments = [PeerFiles.Script("torch_peer.py"), folder, FormattableString.Invariant($"{threads}")];
        _configurations.Add(new Configuration(new PeerProcess(python, arguments, environment), threads, label));
    }

    private string ModeName(BenchmarkCase benchmark) =>
        benchmark.Mode == Mode.Predict ? "infer" : _dropout ? "train" : "train-nodrop";

    private IEnumerable<string> Variants(Configuration configuration, BenchmarkCase benchmark) =>
        configuration.Process.Ask(Request("variants", benchmark.Network, ModeName(benchmark)))["variants"]!.AsArray().Select(v => (string)v!);

    private static JsonObject Request(string op, ReferenceNetwork network, string mode) =>
        new() { ["op"] = op, ["net"] = network.Name, ["mode"] = mode };

    private sealed record Configuration(PeerProcess Process, int Threads, string Label);

    private sealed class Entry : IEntry
    {
        private readonly Configuration _configuration;
        private readonly JsonObject _request;

        public Entry(Configuration configuration, JsonObject request, int batch, string variant, Timing timing)
        {
            _configuration = configuration;
            _request = request;
            request["batch"] = batch;
            request["variant"] = variant;
            request["blocks"] = timing.Blocks;
            request["block_time"] = timing.BlockTime;
            request["warm_up_time"] = timing.WarmUpTime;
            Variant = $"{variant} {configuration.Label}".Trim();
        }

        public string Variant { get; }

        public double Turn() => (double)_configuration.Process.Ask(_request)["seconds"]!;

        public void Dispose()
        {
        }
    }
}
