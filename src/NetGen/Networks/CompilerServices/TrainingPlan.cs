using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>The sizes of a network's training; lengths and offsets are in floats.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TrainingPlan
{
    /// <summary>So many weights, 1 MB, do not stay in the L2 cache.</summary>
    private const int LeastWaiting = 1 << 18;

    /// <summary>The network's name, for messages.</summary>
    public required string Network { get; init; }

    /// <summary>What training minimises.</summary>
    public required Loss Loss { get; init; }

    /// <summary>The settings of the loss.</summary>
    public LossSettings LossSettings { get; init; } = LossSettings.Default;

    /// <summary>Values of an input sample.</summary>
    public required int InputLength { get; init; }

    /// <summary>Values of an output sample.</summary>
    public required int OutputLength { get; init; }

    /// <summary>The most samples of a shard, unless the batch has more than <see cref="MaxShards"/> times as many.</summary>
    public required int ShardSize { get; init; }

    /// <summary>A batch has at least this many shards, unless they had fewer than 8 samples; 0 if kernels want shards of just <see cref="ShardSize"/> samples.</summary>
    public int MinShards { get; init; }

    /// <summary>The most shards of a batch; a larger batch has larger shards.</summary>
    public required int MaxShards { get; init; }

    /// <summary>The length of the memory of each sample of the batch: its activations, and the gradients that exist for all samples at once.</summary>
    public required int ActivationsLength { get; init; }

    /// <summary>The length of the memory of each worker, for values that exist for one sample or one shard at a time.</summary>
    public int WorkspaceLength { get; init; }

    /// <summary>The number of trained parameters.</summary>
    public required int TrainedParameters { get; init; }

    /// <summary>The number of parameters whose gradients are computed shard by shard; they come first among the trained ones.</summary>
    public required int ShardedParameters { get; init; }

    /// <summary>The offset, among the activations of a sample, of the values before the head (before Softmax: the logits).</summary>
    public required int Output { get; init; }

    /// <summary>The offset, among the activations of a sample, of the gradient with respect to the values before the head.</summary>
    public required int OutputGradient { get; init; }

    /// <summary>Where the outputs of layers are among the activations of a sample, in the order of the network; for messages.</summary>
    public IReadOnlyList<LayerActivations> Activations { get; init; } = [];

    /// <summary>The layers whose units are tracked, in the order of the network.</summary>
    public IReadOnlyList<TrackedUnits> Units { get; init; } = [];

    /// <summary>The length of what each shard notes of these units.</summary>
    public int UnitsLength { get; init; }

    /// <summary>The length of all packed weights.</summary>
    public int PackedLength { get; init; }

    /// <summary>The work items that pack weights for backward: a group for each layer that needs packed weights.</summary>
    public WorkGroups Packings { get; init; } = WorkGroups.None;

    /// <summary>How many of the groups of <see cref="Packings"/> every backward needs; the others are for the gradient with respect to the inputs.</summary>
    public int NeededPackings { get; init; }

    /// <summary>The length of the values that forward reads and that are computed from the parameters once for each version of them.</summary>
    public int PreparedLength { get; init; }

    /// <summary>
    /// The number of reductions over the whole batch in forward, and of those in backward. They cut the work of a shard into one phase more than
    /// there are reductions.
    /// </summary>
    public int Reductions { get; init; }

    /// <summary>
    /// The layers with many weights that are computed for the whole batch, in the order of the network: the work items of the forward computation of each. As reductions
    /// do, they cut the work of a shard into phases. A network has only one of the two.
    /// </summary>
    public WorkGroups Layers { get; init; } = WorkGroups.None;

    /// <summary>The work items for the gradients with respect to the inputs of <see cref="Layers"/> that every backward needs; none where shards compute them.</summary>
    public WorkGroups LayerGradients { get; init; } = WorkGroups.None;

    /// <summary>As <see cref="LayerGradients"/>, for the gradient with respect to the network's input.</summary>
    public WorkGroups LayerInputGradients { get; init; } = WorkGroups.None;

    /// <summary>Into how many phases the work of a shard is cut, less one.</summary>
    internal int Cuts => Reductions + Layers.Count;

    /// <summary>The length of the values that reductions compute from the whole batch.</summary>
    public int BatchValuesLength { get; init; }

    /// <summary>The length of what each shard stores for the reductions of forward.</summary>
    public int SumsLength { get; init; }

    /// <summary>The name of a layer that needs batches of two samples or more, because one sample has only one value in each of its channels; null if there is none.</summary>
    public string? LayerOfSingleValues { get; init; }

    /// <summary>The length of all packed panels for a batch of one sample. Every panel has one row per sample, for gradients over the whole batch.</summary>
    public int PanelsLength { get; init; }

    /// <summary>
    /// The work items that pack panels: two groups, inputs and gradients, for each layer whose weight gradient is computed over the whole batch. Inputs that forward packs
    /// have no items.
    /// </summary>
    public WorkGroups Panels { get; init; } = WorkGroups.None;

    /// <summary>The weights whose gradients are computed over the whole batch. They come after the sharded parameters.</summary>
    public IReadOnlyList<WholeBatchWeights> WholeBatchWeights { get; init; } = [];

    /// <summary>
    /// In place of <see cref="WholeBatchWeights"/>, in the code of older generators: the work items that compute weight gradients over the whole batch, a group for each such layer. These gradients are always stored.
    /// </summary>
    public WorkGroups WholeBatch { get; init; } = WorkGroups.None;

    /// <summary>
    /// The number of shards of a batch of so many samples. It depends on nothing else, because the order of sums follows from it. Several shards are an even number, so that
    /// two threads have equally many.
    /// </summary>
    internal int Shards(int samples)
    {
        const int leastSamples = 8;
        long shards = Math.Max(((long)samples + ShardSize - 1) / ShardSize, Math.Min(samples / leastSamples, MinShards));
        bool isEven = shards % 2 == 0 || shards == 1 || MinShards == 0;
        return (int)Math.Min(MaxShards, isEven ? shards : shards + 1);
    }

    /// <summary>The size of all shards but the last, where they must have the same; 0 where sizes differ by at most one.</summary>
    internal int FixedShardSize(int samples)
    {
        if (MinShards == 0)
            return Math.Max(ShardSize, (samples + MaxShards - 1) / MaxShards);
        return Reductions == 0 ? 0 : (samples + Shards(samples) - 1) / Shards(samples);
    }

    /// <summary>
    /// Whether the gradients with respect to <see cref="WholeBatchWeights"/> may wait until an optimizer uses them part by part. Where weights, gradients and state stay in the L2 cache, nothing would be gained: the
    /// update of many small parts takes a little longer.
    /// </summary>
    internal bool GradientsMayWait => WholeBatchWeights.Any(weights => weights.Count >= LeastWaiting);

    /// <summary>The largest number of weights of a work item, if their gradients may wait; 0 otherwise.</summary>
    internal int PartLength => GradientsMayWait ? WholeBatchWeights.Max(weights => weights.LargestPart) : 0;

    /// <summary>Bytes of the memory of a training pass.</summary>
    internal long Bytes(int batchSize, int threads) =>
        BatchLoss.Bytes(this, batchSize)
        + (sizeof(float) * (((long)batchSize * ((long)ActivationsLength + PanelsLength))
            + ((long)threads * ((long)WorkspaceLength + PartLength))
            + (Shards(batchSize) * ((long)ShardedParameters + SumsLength + UnitsLength))
            + PackedLength + PreparedLength + BatchValuesLength + TrainedParameters));
}
