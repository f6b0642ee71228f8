using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[DepthwiseConv2D(kernel)]</c> and <c>[DepthwiseConv2D(kernelHeight, kernelWidth)]</c>.</summary>
internal sealed class DepthwiseConv2DKind : LayerKind
{
    public override string Name => "DepthwiseConv2D";

    public override string Stem => "depthwise";

    public override LayerRole Role => LayerRole.Weighted;

    public override Layer? Read(LayerReader reader)
    {
        KernelWindows windows = KernelWindows.Read(reader);
        int filters = reader.Input?.Channels ?? 1;
        return windows.Slide(reader, filters, out Shape? image, out SlidingWindow vertical, out SlidingWindow horizontal)
            ? new DepthwiseConv2DLayer(reader.Name, image, vertical, horizontal, windows.Arguments.Weight, windows.Arguments.Bias)
            : null;
    }
}

/// <summary>A convolution of each channel of an image by itself, with its bias: one filter for each channel.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">An image.</param>
/// <param name="Vertical">How the kernel slides down.</param>
/// <param name="Horizontal">How the kernel slides to the right.</param>
/// <param name="Weight">How the weight begins.</param>
/// <param name="Bias">How the bias begins.</param>
internal sealed record DepthwiseConv2DLayer(
    string Name, Shape Input, SlidingWindow Vertical, SlidingWindow Horizontal, Initialization Weight, Initialization Bias)
    : ConvolutionLayer(Name, Input, Shape.Image(Vertical.Positions, Horizontal.Positions, Input.Channels), Vertical, Horizontal, Input.Channels, Weight, Bias)
{
    public override string Kind => "DepthwiseConv2D";

    public override string Description => Invariant($"{KernelHeight}×{KernelWidth}, ") + Settings;
}
