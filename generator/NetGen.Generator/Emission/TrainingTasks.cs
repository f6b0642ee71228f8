using NetGen.Generator.Lowering;

namespace NetGen.Generator.Emission;

/// <summary>The work of backward that is not done by shards: packing weights before, and whole-batch gradients and sums after.</summary>
internal sealed class TrainingTasks
{
    /// <summary>Panels of rows of a weight gradient in one work item.</summary>
    private const int RowPanels = 8;

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
            int tasks = stage switch
            {
                DenseStage => RegisterTile.Panels(stage.Rows),
                ConvolutionStage => 1,
                _ => throw stage.UnknownKind(),
            };
            packings.Add(new Packing(stage, packed, tasks));
            packed += (stage.Rows * stage.Columns + 15) / 16 * 16;
            if (i == plan.FirstWeighted)
                first = tasks;
        }

        Packings = packings;
        PackedLength = packed;
        AllPackCount = packings.Sum(p => p.Tasks);
        PackCount = AllPackCount - Math.Max(0, first);
        List<WholeBatchGradient> gradients = [];
        foreach (DenseStage stage in plan.Stages.Items.OfType<DenseStage>().Where(TrainingPlan.IsWholeBatch))
        {
            int rowPanels = RegisterTile.Panels(stage.Rows);
            int panels = RegisterTile.Panels(stage.Columns);
            gradients.Add(new WholeBatchGradient(stage, PanelsLength, rowPanels, panels, Math.Max(1, rowPanels / RowPanels)));
            PanelsLength += (rowPanels + panels) * RegisterTile.PanelWidth;
            PanelTasks += rowPanels + panels;
        }

        WholeBatch = gradients;
        FinishCount = WholeBatch.Sum(w => w.Panels * w.Blocks) + ((network.Parameters.ShardedCount + SumBlock - 1) / SumBlock);
    }

    /// <summary>The block of the runtime library's <c>ShardGradients</c>.</summary>
    public const int SumBlock = 8192;

    /// <summary>The weights to pack: those that backward needs first, at the end those of the first stage with weights.</summary>
    public IReadOnlyList<Packing> Packings { get; }

    /// <summary>Floats of all packed weights.</summary>
    public int PackedLength { get; }

    /// <summary>Work items of packing for the gradients with respect to the parameters.</summary>
    public int PackCount { get; }

    /// <summary>Work items of packing for the gradients with respect to the inputs too.</summary>
    public int AllPackCount { get; }

    /// <summary>The weight gradients that are computed over the whole batch.</summary>
    public IReadOnlyList<WholeBatchGradient> WholeBatch { get; }

    /// <summary>Floats for one sample in the memory of the packed panels.</summary>
    public int PanelsLength { get; }

    /// <summary>Work items of packing values and gradients into panels.</summary>
    public int PanelTasks { get; }

    /// <summary>Work items after the shards.</summary>
    public int FinishCount { get; }

    /// <summary>The transposed weights of a stage.</summary>
    public sealed record Packing(WeightedStage Stage, int Offset, int Tasks);

    /// <summary>A weight gradient over the whole batch, in work items of one panel of columns and one block of panels of rows.</summary>
    /// <param name="Stage">The layer.</param>
    /// <param name="Offset">Floats for one sample before this layer's in the memory of the packed panels.</param>
    /// <param name="RowPanels">Panels of inputs.</param>
    /// <param name="Panels">Panels of outputs.</param>
    /// <param name="Blocks">Blocks of panels of inputs.</param>
    public sealed record WholeBatchGradient(DenseStage Stage, int Offset, int RowPanels, int Panels, int Blocks);
}
