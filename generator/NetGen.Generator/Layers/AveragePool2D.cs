using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Model;
using static System.FormattableString;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[AveragePool2D(size)]</c>.</summary>
internal sealed class AveragePool2DKind : LayerKind
{
    public override string Name => "AveragePool2D";

    public override string Stem => "pool";

    public override Layer? Read(LayerReader reader) =>
        SlidingWindow.ReadPooling(reader, out Shape? image, out SlidingWindow vertical, out SlidingWindow horizontal)
            ? new AveragePool2DLayer(reader.Name, image, vertical, horizontal)
            : null;
}

/// <summary>The mean over windows of an image, in which padding does not count.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">An image.</param>
/// <param name="Vertical">How the window slides down.</param>
/// <param name="Horizontal">How the window slides to the right.</param>
internal sealed record AveragePool2DLayer(string Name, Shape Input, SlidingWindow Vertical, SlidingWindow Horizontal)
    : Layer(Name, Input, Shape.Image(Vertical.Positions, Horizontal.Positions, Input.Channels)), ILowered
{
    public override string Kind => "AveragePool2D";

    public int Size => Vertical.Window;

    public int Stride => Vertical.Stride;

    public override string Description => Invariant($"{Size}×{Size}")
        + (Stride == Size ? "" : Invariant($", stride {Stride}"))
        + (Vertical.Pads ? ", same" : "");

    public void Lower(GraphBuilder graph)
    {
        if (Size > 1 || Stride > 1)
            graph.Add(new AveragePoolingOperation(
                graph.Layer, graph.Current, Size, Stride, Vertical.Before, Horizontal.Before, Output.Height, Output.Width));
    }
}
