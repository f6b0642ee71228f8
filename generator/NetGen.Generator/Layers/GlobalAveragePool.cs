using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[GlobalAveragePool]</c>.</summary>
internal sealed class GlobalAveragePoolKind : LayerKind
{
    public override string Name => "GlobalAveragePool";

    public override string Stem => "pool";

    public override Layer? Read(LayerReader reader) =>
        reader.RequirePositions(out Shape? input) ? new GlobalAveragePoolLayer(reader.Name, input) : null;
}

/// <summary>The mean of each channel over all positions.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">An image or a sequence.</param>
internal sealed record GlobalAveragePoolLayer(string Name, Shape Input) : GlobalPoolingLayer(Name, Input)
{
    public override string Kind => "GlobalAveragePool";

    protected override Operation OperationOf(GraphBuilder graph, PoolingWindow window) =>
        new AveragePoolingOperation(graph.Layer, graph.Current, window, height: 1, width: 1);
}
