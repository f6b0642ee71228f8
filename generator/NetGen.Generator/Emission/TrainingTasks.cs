using NetGen.Generator.Lowering;

namespace NetGen.Generator.Emission;

/// <summary>The work of backward that is not done by shards: packing weights before, and whole-batch gradients and sums after.</summary>
internal sealed class TrainingTasks
{
    /// <summary>Rows of a weight gradient in one work item.</summary>
    private const int RowBlock = 256;

    public TrainingTasks(NetworkPlan network)
    {
        TrainingPlan plan = network.Training;
        int packed = 0;
        int first = -1;
        List<Packing> packings = [];
        for (int i = plan.Stages.Count - 1; i >= 0; i--)
        {
            if (plan.Stages[i] is not WeightedStage stage)
                continue;
            int tasks = stage is DenseStage ? (stage.Rows + RegisterTile.PanelWidth - 1) / RegisterTile.PanelWidth : 1;
            packings.Add(new Packing(stage, packed, tasks));
            packed += (stage.Rows * stage.Columns + 15) / 16 * 16;
            if (i == plan.FirstWeighted)
                first = tasks;
        }

        Packings = packings;
        PackedLength = packed;
        AllPackCount = packings.Sum(p => p.Tasks);
        PackCount = AllPackCount - Math.Max(0, first);
        WholeBatch =
        [
            .. plan.Stages.Items.OfType<DenseStage>().Where(TrainingPlan.IsWholeBatch).Select(stage => new WholeBatchGradient(
                stage,
                (stage.Columns + RegisterTile.PanelWidth - 1) / RegisterTile.PanelWidth,
                Math.Max(1, stage.Rows / RowBlock))),
        ];
        FinishCount = WholeBatch.Sum(w => w.Panels * w.RowBlocks) + ((network.Parameters.ShardedCount + SumBlock - 1) / SumBlock);
    }

    /// <summary>The block of the runtime library's <c>ShardGradients</c>.</summary>
    public const int SumBlock = 8192;

    /// <summary>The weights to pack: those that backward needs first, at the end those of the first stage with weights.</summary>
    public IReadOnlyList<Packing> Packings { get; }

    /// <summary>Floats of all packed weights.</summary>
    public int PackedLength { get; }

    /// <summary>Work items of packing for the gradients by the parameters.</summary>
    public int PackCount { get; }

    /// <summary>Work items of packing for the gradients by the inputs too.</summary>
    public int AllPackCount { get; }

    /// <summary>The weight gradients that are computed over the whole batch.</summary>
    public IReadOnlyList<WholeBatchGradient> WholeBatch { get; }

    /// <summary>Work items after the shards.</summary>
    public int FinishCount { get; }

    /// <summary>The transposed weights of a stage.</summary>
    public sealed record Packing(WeightedStage Stage, int Offset, int Tasks);

    /// <summary>A weight gradient over the whole batch, in work items of one panel and one block of rows.</summary>
    public sealed record WholeBatchGradient(DenseStage Stage, int Panels, int RowBlocks);
}
