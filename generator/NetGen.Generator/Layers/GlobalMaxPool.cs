using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[GlobalMaxPool]</c>.</summary>
internal sealed class GlobalMaxPoolKind : LayerKind
{
    public override string Name => "GlobalMaxPool";

    public override string Stem => "pool";

    public override Layer? Read(LayerReader reader) =>
        reader.RequirePositions(out Shape? input) ? new GlobalMaxPoolLayer(reader.Name, input) : null;
}

/// <summary>The maximum of each channel over all positions.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">An image or a sequence.</param>
internal sealed record GlobalMaxPoolLayer(string Name, Shape Input) : GlobalPoolingLayer(Name, Input)
{
    public override string Kind => "GlobalMaxPool";

    protected override Operation OperationOf(GraphBuilder graph, PoolingWindow window) =>
        new MaxPoolingOperation(graph.Layer, graph.Current, window, height: 1, width: 1);
}
