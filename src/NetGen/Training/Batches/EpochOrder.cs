using NetGen.Numerics;

namespace NetGen;

/// <summary>Which samples the steps of each epoch use. The order of an epoch is a function of the seed and the epoch alone.</summary>
internal sealed class EpochOrder
{
    private readonly int[] _order;
    private readonly bool _shuffles;
    private readonly CounterRandom _random;
    private int _epoch;

    /// <summary>Allocates the order of an epoch.</summary>
    /// <param name="source">The samples; a sequential source is never shuffled.</param>
    /// <param name="batchSize">Samples in a step; the last step of an epoch has what is left.</param>
    /// <param name="shuffle">Whether each epoch has another random order.</param>
    /// <param name="seed">The seed of the orders.</param>
    public EpochOrder(ISampleSource source, int batchSize, bool shuffle, ulong seed)
    {
        _order = new int[source.Count];
        _shuffles = shuffle && !source.IsSequential;
        _random = new CounterRandom(seed);
        BatchSize = batchSize;
        Steps = ((source.Count - 1) / batchSize) + 1;
        RandomOrder.FillInOrder(_order);
    }

    /// <summary>Samples in a step.</summary>
    public int BatchSize { get; }

    /// <summary>Steps in an epoch.</summary>
    public int Steps { get; }

    /// <summary>The samples of a step.</summary>
    /// <param name="epoch">The epoch, counted from 1.</param>
    /// <param name="step">The step, counted from 0.</param>
    public ReadOnlySpan<int> Of(int epoch, int step)
    {
        if (_shuffles && epoch != _epoch)
            RandomOrder.Fill(_order, _random, (uint)epoch);
        _epoch = epoch;
        int first = step * BatchSize;
        return _order.AsSpan(first, Math.Min(BatchSize, _order.Length - first));
    }
}
