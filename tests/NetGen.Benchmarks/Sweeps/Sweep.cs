using NetGen.Benchmarks.Contenders;

namespace NetGen.Benchmarks.Sweeps;

/// <summary>The times of one network over batch sizes.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Mode">What was timed.</param>
/// <param name="Sizes">The batch sizes.</param>
/// <param name="Threads">The numbers of threads.</param>
/// <param name="Seconds">The time of each size and number of threads.</param>
internal sealed record Sweep(
    string Network, Mode Mode, IReadOnlyList<int> Sizes, IReadOnlyList<int> Threads, IReadOnlyDictionary<(int Size, int Threads), double> Seconds)
{
    /// <summary>
    /// What a size is expected to take: from 16 on, what lies on the line between its neighbours that are multiples of 16; below, the larger of the time of one
    /// sample and of the share of the time for 16.
    /// </summary>
    public double Expected(int size, int threads)
    {
        const int grid = SweepSuite.Grid;
        if (size < grid)
            return Math.Max(Seconds[(1, threads)], Seconds[(grid, threads)] * size / grid);
        int below = Sizes.Last(other => other % grid == 0 && other <= size), above = Sizes.First(other => other % grid == 0 && other >= size);
        double part = below == above ? 0 : (double)(size - below) / (above - below);
        return ((1 - part) * Seconds[(below, threads)]) + (part * Seconds[(above, threads)]);
    }
}
