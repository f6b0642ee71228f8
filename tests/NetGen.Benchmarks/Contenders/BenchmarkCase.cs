using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Contenders;

/// <summary>What is timed.</summary>
internal enum Mode
{
    /// <summary>The outputs of a batch, dropout out of the picture.</summary>
    Predict,

    /// <summary>Forward, backward and a step of SGD with momentum.</summary>
    Train,
}

/// <summary>One row of the table.</summary>
internal sealed record BenchmarkCase(ReferenceNetwork Network, Mode Mode, int Batch, int Threads)
{
    private static readonly int[] PredictionBatches = [1, 32, 256];
    private static readonly int[] TrainingBatches = [64, 128];

    /// <summary>The operations that the result needs; a multiply-add counts 2.</summary>
    public double Flops => 2.0 * Batch * (Mode == Mode.Predict ? Network.Needed.Prediction : Network.Needed.Training);

    /// <summary>Whether there is dropout in what is timed.</summary>
    public bool HasDropout => Mode == Mode.Train && Network.Summary.Layers.Any(layer => layer.Kind.EndsWith("Dropout", StringComparison.Ordinal));

    /// <summary>All cases, those of one network and number of threads together.</summary>
    public static IEnumerable<BenchmarkCase> All(IReadOnlyList<ReferenceNetwork> networks, IReadOnlyList<int> threads) =>
        from network in networks
        from mode in Enum.GetValues<Mode>()
        from count in threads
        from batch in mode == Mode.Predict ? PredictionBatches : TrainingBatches
        select new BenchmarkCase(network, mode, batch, count);

    public override string ToString() => FormattableString.Invariant(
        $"{Network.Name}, {(Mode == Mode.Predict ? "predict" : "train")} {Batch}, {Threads} {(Threads == 1 ? "thread" : "threads")}");
}
