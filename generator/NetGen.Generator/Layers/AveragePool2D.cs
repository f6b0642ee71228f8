using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[AveragePool2D(size)]</c>.</summary>
internal sealed class AveragePool2DKind : LayerKind
{
    public override string Name => "AveragePool2D";

    public override string Stem => "pool";

    public override Layer? Read(LayerReader reader) =>
        PoolingReader.ReadImage(reader, out Shape? image, out SlidingWindow vertical, out SlidingWindow horizontal)
            ? new AveragePool2DLayer(reader.Name, image, vertical, horizontal)
            : null;
}

/// <summary>The mean over windows of an image, in which padding does not count.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">An image.</param>
/// <param name="Vertical">How the window slides down.</param>
/// <param name="Horizontal">How the window slides to the right.</param>
internal sealed record AveragePool2DLayer(string Name, Shape Input, SlidingWindow Vertical, SlidingWindow Horizontal)
    : PoolingLayer(Name, Input, Vertical, Horizontal)
{
    public override string Kind => "AveragePool2D";

    protected override Operation OperationOf(GraphBuilder graph, PoolingWindow window) =>
        new AveragePoolingOperation(graph.Layer, graph.Current, window, Vertical.Positions, Horizontal.Positions);
}
