using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[MaxPool2D(size)]</c>.</summary>
internal sealed class MaxPool2DKind : LayerKind
{
    public override string Name => "MaxPool2D";

    public override string Stem => "pool";

    public override Layer? Read(LayerReader reader) =>
        PoolingReader.ReadImage(reader, out Shape? image, out SlidingWindow vertical, out SlidingWindow horizontal)
            ? new MaxPool2DLayer(reader.Name, image, vertical, horizontal)
            : null;
}

/// <summary>The maximum over windows of an image.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">An image.</param>
/// <param name="Vertical">How the window slides down.</param>
/// <param name="Horizontal">How the window slides to the right.</param>
internal sealed record MaxPool2DLayer(string Name, Shape Input, SlidingWindow Vertical, SlidingWindow Horizontal)
    : PoolingLayer(Name, Input, Vertical, Horizontal)
{
    public override string Kind => "MaxPool2D";

    protected override Operation OperationOf(GraphBuilder graph, PoolingWindow window) =>
        new MaxPoolingOperation(graph.Layer, graph.Current, window, Vertical.Positions, Horizontal.Positions);
}
