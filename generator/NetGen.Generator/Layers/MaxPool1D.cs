using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[MaxPool1D(size)]</c>.</summary>
internal sealed class MaxPool1DKind : LayerKind
{
    public override string Name => "MaxPool1D";

    public override string Stem => "pool";

    public override Layer? Read(LayerReader reader) =>
        PoolingReader.ReadSequence(reader, out Shape? sequence, out SlidingWindow vertical, out SlidingWindow horizontal)
            ? new MaxPool1DLayer(reader.Name, sequence, vertical, horizontal)
            : null;
}

/// <summary>The maximum over windows of a sequence.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">A sequence.</param>
/// <param name="Vertical">The only position in the one row.</param>
/// <param name="Horizontal">How the window slides along the sequence.</param>
internal sealed record MaxPool1DLayer(string Name, Shape Input, SlidingWindow Vertical, SlidingWindow Horizontal)
    : PoolingLayer(Name, Input, Vertical, Horizontal)
{
    public override string Kind => "MaxPool1D";

    protected override Operation OperationOf(GraphBuilder graph, PoolingWindow window) =>
        new MaxPoolingOperation(graph.Layer, graph.Current, window, Vertical.Positions, Horizontal.Positions);
}
