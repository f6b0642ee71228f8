using NetGen.Benchmarks.Contenders;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Sweeps;

/// <summary>
/// The time of many batch sizes, above all of those beside multiples of 16, to find cliffs: sizes that take much longer than their neighbours. In every
/// round each size has one turn, so what changes on the machine meanwhile changes for all.
/// </summary>
internal static class SweepSuite
{
    /// <summary>Sizes between whose times the others are expected to lie on a line.</summary>
    public const int Grid = 16;

    private static readonly int[] PredictionSizes =
    [
        .. Enumerable.Range(1, 25), 29, 31, 32, 33, 35, 40, 47, 48, 49, 57, 63, 64, 65, 67, 72, 79, 80, 81, 95, 96, 97, 112, 127, 128, 129, 144, 145, 160, 191, 192,
        193, 208, 255, 256, 257, 272, 287, 288, 289, 300, 304,
    ];

    private static readonly int[] TrainingSizes = [1, 2, 4, 8, 12, 16, 17, 20, 24, 31, 32, 33, 40, 48, 63, 64, 65, 80, 96, 100, 112, 128, 129, 144, 255, 256, 257, 272, 288, 300, 304];

    private static readonly Timing Timing = new(Rounds: 5, Blocks: 3, BlockTime: 0.004, WarmUpTime: 0.002);

    /// <summary>Measures the networks.</summary>
    public static IEnumerable<Sweep> Run(IReadOnlyList<ReferenceNetwork> networks, IReadOnlyList<int> threads)
    {
        foreach (ReferenceNetwork network in networks)
        {
            foreach (Mode mode in Enum.GetValues<Mode>())
                yield return Run(network, mode, threads);
        }
    }

    private static Sweep Run(ReferenceNetwork network, Mode mode, IReadOnlyList<int> threads)
    {
        foreach (int count in threads)
        {
            foreach (int size in (int[])[1, Grid])
                Stopper.UntilCompiled(Work(network, mode, size, count));
        }

        int[] sizes = mode == Mode.Predict ? PredictionSizes : TrainingSizes;
        var times = new Dictionary<(int Size, int Threads), List<double>>();
        for (int round = 0; round < Timing.Rounds; round++)
        {
            foreach (int size in sizes)
            {
                foreach (int count in threads)
                {
                    if (!times.TryGetValue((size, count), out List<double>? seconds))
                        times[(size, count)] = seconds = [];
                    seconds.Add(Stopper.Turn(Work(network, mode, size, count), Timing));
                }
            }
        }

        return new Sweep(network.Name, mode, sizes, threads, times.ToDictionary(pair => pair.Key, pair => Statistics.Median(pair.Value)));
    }

    private static IWork Work(ReferenceNetwork network, Mode mode, int size, int threads) =>
        mode == Mode.Predict ? network.Prediction(size, threads) : network.Training(size, threads);
}
