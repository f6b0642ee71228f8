namespace NetGen.Generator.Graph.Tuning;

/// <summary>How a batch is split in training.</summary>
internal static class Sharding
{
    /// <summary>The most shards of a batch; a larger batch has larger shards.</summary>
    public const int MaxShards = 32;

    /// <summary>Panels of rows of a whole-batch weight gradient in one work item.</summary>
    public const int RowPanels = 8;

    /// <summary>The least number of work items of a whole-batch weight gradient, if it has so many panels.</summary>
    public const int LeastItems = 8;

    /// <summary>From this many weights on, a dense layer's gradient is computed over the whole batch instead of by shards.</summary>
    private const int WholeBatchWeight = 1 << 12;

    /// <summary>Whether the gradient of so many weights is computed over the whole batch.</summary>
    public static bool IsWholeBatch(long weights) => weights >= WholeBatchWeight;

    /// <summary>
    /// The most samples of a shard, unless the batch is very large. A shard is the unit of work, and the gradients of all shards are summed in their order. Where a dense layer has many weights,
    /// shards are large, so that the weights are read from memory less often.
    /// </summary>
    public static int SizeOf(IReadOnlyList<Operation> operations) => Unrolled.IsWorth(operations) || LargeWeights.AreIn(operations) ? 32 : 8;

    /// <summary>The least number of shards. Where shards are large because of large weights, threads must have something to share.</summary>
    public static int MinShardsOf(IReadOnlyList<Operation> operations) => LargeWeights.AreIn(operations) ? 4 : 1;
}
