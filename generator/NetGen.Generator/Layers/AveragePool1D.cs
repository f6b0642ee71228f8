using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[AveragePool1D(size)]</c>.</summary>
internal sealed class AveragePool1DKind : LayerKind
{
    public override string Name => "AveragePool1D";

    public override string Stem => "pool";

    public override Layer? Read(LayerReader reader) =>
        PoolingReader.ReadSequence(reader, out Shape? sequence, out SlidingWindow vertical, out SlidingWindow horizontal)
            ? new AveragePool1DLayer(reader.Name, sequence, vertical, horizontal)
            : null;
}

/// <summary>The mean over windows of a sequence, in which padding does not count.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">A sequence.</param>
/// <param name="Vertical">The only position in the one row.</param>
/// <param name="Horizontal">How the window slides along the sequence.</param>
internal sealed record AveragePool1DLayer(string Name, Shape Input, SlidingWindow Vertical, SlidingWindow Horizontal)
    : PoolingLayer(Name, Input, Vertical, Horizontal)
{
    public override string Kind => "AveragePool1D";

    protected override Operation OperationOf(GraphBuilder graph, PoolingWindow window) =>
        new AveragePoolingOperation(graph.Layer, graph.Current, window, Vertical.Positions, Horizontal.Positions);
}
