using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[Conv2D(filters, kernel)]</c> and <c>[Conv2D(filters, kernelHeight, kernelWidth)]</c>.</summary>
internal sealed class Conv2DKind : LayerKind
{
    public override string Name => "Conv2D";

    public override string Stem => "conv";

    public override LayerRole Role => LayerRole.Weighted;

    public override Layer? Read(LayerReader reader)
    {
        int filters = reader.Positive("filters");
        KernelWindows windows = KernelWindows.Read(reader);
        return windows.Slide(reader, filters, out Shape? image, out SlidingWindow vertical, out SlidingWindow horizontal)
            ? new Conv2DLayer(
                reader.Name, image, filters, vertical, horizontal, windows.Arguments.Groups, windows.Arguments.Weight, windows.Arguments.Bias)
            : null;
    }
}

/// <summary>A convolution of an image with its bias.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">An image.</param>
/// <param name="FilterCount">The number of output channels.</param>
/// <param name="Vertical">How the kernel slides down.</param>
/// <param name="Horizontal">How the kernel slides to the right.</param>
/// <param name="Groups">Into how many groups channels and filters are divided.</param>
/// <param name="Weight">How the weight begins.</param>
/// <param name="Bias">How the bias begins.</param>
internal sealed record Conv2DLayer(
    string Name, Shape Input, int FilterCount, SlidingWindow Vertical, SlidingWindow Horizontal, int Groups, Initialization Weight, Initialization Bias)
    : ConvolutionLayer(Name, Input, Shape.Image(Vertical.Positions, Horizontal.Positions, FilterCount), Vertical, Horizontal, Groups, Weight, Bias)
{
    public override string Kind => "Conv2D";

    public override string Description => Invariant($"{KernelHeight}×{KernelWidth}, ") + FiltersText + Settings;
}
