using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Tuning;

namespace NetGen.Generator.Graph.Memory;

/// <summary>The work of backward after the shards: the gradients over the whole batch.</summary>
internal sealed class TrainingWork
{
    public TrainingWork(NetworkGraph graph, TrainingMemory memory)
    {
        List<PlacedWholeBatch> gradients = [];
        foreach (WholeBatchGradient gradient in graph.Operations.Select(operation => operation.WholeBatch).OfType<WholeBatchGradient>())
        {
            PlacedWholeBatch placed = new(gradient, PanelsLength, memory.IsOfCaller(gradient.Operation.Source.Tensor));
            gradients.Add(placed);
            PanelsLength += (placed.RowPanels + placed.Panels) * RegisterTile.PanelWidth;
        }

        WholeBatch = gradients;
    }

    /// <summary>The weight gradients that are computed over the whole batch.</summary>
    public IReadOnlyList<PlacedWholeBatch> WholeBatch { get; }

    /// <summary>The length of all packed panels for a batch of one sample, in floats. Every panel has one row per sample.</summary>
    public int PanelsLength { get; }
}

/// <summary>A weight gradient over the whole batch, with the offset of its packed panels.</summary>
/// <param name="Gradient">The gradient.</param>
/// <param name="Offset">The offset of the layer's panels for a batch of one sample, in floats. It is multiplied by the batch size, because every panel has one row per sample.</param>
/// <param name="PacksInForward">Whether forward packs the inputs, because only forward has access to them.</param>
internal sealed record PlacedWholeBatch(WholeBatchGradient Gradient, int Offset, bool PacksInForward)
{
    /// <summary>Panels of inputs.</summary>
    public int RowPanels => RegisterTile.Panels(Gradient.Rows);

    /// <summary>Panels of outputs.</summary>
    public int Panels => RegisterTile.Panels(Gradient.Columns);

    /// <summary>The number of blocks of input panels; a work item takes one block and one panel of outputs. Small layers have smaller blocks, so that threads have something to share.</summary>
    public int Blocks => Math.Max(RowPanels / Sharding.RowPanels, Math.Min(RowPanels, (Sharding.LeastItems + Panels - 1) / Panels));

    /// <summary>The offset of the panels of outputs, for a batch of one sample, as <see cref="Offset"/>.</summary>
    public int OutputOffset => Offset + (RowPanels * RegisterTile.PanelWidth);
}
