using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>A pooling over all positions of an image or a sequence.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">An image or a sequence.</param>
internal abstract record GlobalPoolingLayer(string Name, Shape Input) : Layer(Name, Input, Shape.Flat(Input.Channels)), ILowered
{
    public override string Description => "";

    public override bool KeepsSign => true;

    public void Lower(GraphBuilder graph)
    {
        PoolingWindow window = PoolingWindow.Whole(graph.Current.Shape);
        if (window.Length > 1)
            graph.Add(OperationOf(graph, window));
    }

    /// <summary>The operation of the layer.</summary>
    protected abstract Operation OperationOf(GraphBuilder graph, PoolingWindow window);
}
