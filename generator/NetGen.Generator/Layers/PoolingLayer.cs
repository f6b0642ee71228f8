using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Layers;

/// <summary>A pooling over windows of an image, or of a sequence, which has one row.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">An image or a sequence.</param>
/// <param name="Vertical">How the window slides down.</param>
/// <param name="Horizontal">How the window slides to the right, or along the sequence.</param>
internal abstract record PoolingLayer(string Name, Shape Input, SlidingWindow Vertical, SlidingWindow Horizontal)
    : Layer(Name, Input, Input.IsImage
        ? Shape.Image(Vertical.Positions, Horizontal.Positions, Input.Channels)
        : Shape.Sequence(Horizontal.Positions, Input.Channels)), ILowered
{
    /// <summary>The size of the window in each direction.</summary>
    public int Size => Horizontal.Window;

    /// <summary>The step of the window.</summary>
    public int Stride => Horizontal.Stride;

    public override string Description => (Input.IsImage ? Invariant($"{Size}×{Size}") : Invariant($"size {Size}"))
        + (Stride == Size ? "" : Invariant($", stride {Stride}"))
        + (Horizontal.Pads ? ", same"
            : Input.IsImage && Vertical.Explicit != Horizontal.Explicit ? Invariant($", padding {Vertical.Explicit}×{Horizontal.Explicit}")
            : Horizontal.Explicit > 0 ? Invariant($", padding {Horizontal.Explicit}")
            : "");

    public override bool KeepsSign => true;

    public void Lower(GraphBuilder graph)
    {
        PoolingWindow window = new(Vertical.Window, Horizontal.Window, Vertical.Stride, Horizontal.Stride, Vertical.Before, Horizontal.Before);
        if (window != PoolingWindow.Square(1, 1))
            graph.Add(OperationOf(graph, window));
    }

    /// <summary>The operation of the layer.</summary>
    protected abstract Operation OperationOf(GraphBuilder graph, PoolingWindow window);
}
