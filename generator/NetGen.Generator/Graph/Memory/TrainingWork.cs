using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Tuning;

namespace NetGen.Generator.Graph.Memory;

/// <summary>The work of backward outside the shards: packing weights before them, and the gradients over the whole batch after them.</summary>
internal sealed class TrainingWork
{
    private readonly Dictionary<Operation, int> _offsets = [];

    public TrainingWork(NetworkGraph graph)
    {
        List<PackedWeights> packings = [];
        foreach (Operation operation in graph.Operations
            .Where(operation => operation.Packing is not null)
            .Reverse()
            .OrderBy(operation => !graph.NeedsGradient(operation.Source.Tensor)))
        {
            WeightPacking packing = operation.Packing!;
            bool always = graph.NeedsGradient(operation.Source.Tensor);
            packings.Add(new(operation, packing, PackedLength, always));
            _offsets.Add(operation, PackedLength);
            PackedLength += (packing.Length + 15) / 16 * 16;
        }

        Packings = packings;
        List<PlacedWholeBatch> gradients = [];
        foreach (WholeBatchGradient gradient in graph.Operations.Select(operation => operation.WholeBatch).OfType<WholeBatchGradient>())
        {
            PlacedWholeBatch placed = new(gradient, PanelsLength);
            gradients.Add(placed);
            PanelsLength += (placed.RowPanels + placed.Panels) * RegisterTile.PanelWidth;
        }

        WholeBatch = gradients;
    }

    /// <summary>The weights to pack: first those that every backward needs, then those that only the gradients with respect to the inputs need.</summary>
    public IReadOnlyList<PackedWeights> Packings { get; }

    /// <summary>Floats of all packed weights.</summary>
    public int PackedLength { get; }

    /// <summary>The weight gradients that are computed over the whole batch.</summary>
    public IReadOnlyList<PlacedWholeBatch> WholeBatch { get; }

    /// <summary>Floats for one sample in the memory of the packed panels.</summary>
    public int PanelsLength { get; }

    /// <summary>The offset of an operation's packed weights.</summary>
    public int OffsetOf(Operation operation) => _offsets[operation];
}

/// <summary>The packed weights of an operation.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Packing">How they are packed.</param>
/// <param name="Offset">Their offset among all packed weights, in floats.</param>
/// <param name="Always">Whether every backward needs them.</param>
internal sealed record PackedWeights(Operation Operation, WeightPacking Packing, int Offset, bool Always);

/// <summary>A weight gradient over the whole batch, with the offset of its packed panels.</summary>
/// <param name="Gradient">The gradient.</param>
/// <param name="Offset">The offset of the layer's panels, in floats for one sample.</param>
internal sealed record PlacedWholeBatch(WholeBatchGradient Gradient, int Offset)
{
    /// <summary>Panels of inputs.</summary>
    public int RowPanels => RegisterTile.Panels(Gradient.Rows);

    /// <summary>Panels of outputs.</summary>
    public int Panels => RegisterTile.Panels(Gradient.Columns);

    /// <summary>The number of blocks of input panels; a work item takes one block.</summary>
    public int Blocks => Math.Max(1, RowPanels / Sharding.RowPanels);

    /// <summary>Work items.</summary>
    public int Items => Panels * Blocks;

    /// <summary>The offset of the panels of outputs, in floats for one sample.</summary>
    public int OutputOffset => Offset + (RowPanels * RegisterTile.PanelWidth);
}
