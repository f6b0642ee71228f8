using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Model;
using static System.FormattableString;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[Conv2D(filters, kernel)]</c> and <c>[Conv2D(filters, kernelHeight, kernelWidth)]</c>.</summary>
internal sealed class Conv2DKind : LayerKind
{
    public override string Name => "Conv2D";

    public override string Stem => "conv";

    public override LayerRole Role => LayerRole.Weighted;

    public override Layer? Read(LayerReader reader)
    {
        bool square = reader.Has("kernel");
        string argument = square ? "kernel" : "kernelHeight";
        int filters = reader.Positive("filters");
        int kernelHeight = reader.Positive(argument);
        int kernelWidth = square ? kernelHeight : reader.Positive("kernelWidth");
        int stride = reader.Positive("Stride");
        PaddingKind padding = reader.Choice("Padding", PaddingKind.Valid);
        Initialization weight = InitializerArguments.Weight(reader);
        Initialization bias = InitializerArguments.Bias(reader);
        if (reader.Failed || !reader.RequireImage(out Shape? image))
            return null;

        SlidingWindow vertical = new(image.Height, kernelHeight, stride, padding);
        SlidingWindow horizontal = new(image.Width, kernelWidth, stride, padding);
        if (!vertical.Fits)
            SlidingWindow.RequireFit(reader, argument, "kernel", vertical, horizontal);
        else if (!horizontal.Fits)
            SlidingWindow.RequireFit(reader, square ? argument : "kernelWidth", "kernel", vertical, horizontal);
        if (reader.Failed || !RequireRoomForPadding(reader, image.Channels, vertical, horizontal))
            return null;

        SlidingWindow.InformOfDropped(reader, vertical, horizontal);
        return new Conv2DLayer(reader.Name, image, filters, vertical, horizontal, weight, bias);
    }

    private static bool RequireRoomForPadding(LayerReader reader, int channels, SlidingWindow vertical, SlidingWindow horizontal)
    {
        long height = (long)vertical.Before + vertical.Size + vertical.After;
        long width = (long)horizontal.Before + horizontal.Size + horizontal.After;
        if (Sizes.Product(height, width, channels) <= Sizes.Limit)
            return true;
        reader.Fail(
            LayerFault.TooLarge,
            null,
            Invariant($"pads its input to ({height}, {width}, {channels}), which is more than {Sizes.Limit} values"));
        return false;
    }
}

/// <summary>A convolution of an image with its bias.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">An image.</param>
/// <param name="Filters">The number of output channels.</param>
/// <param name="Vertical">How the kernel slides down.</param>
/// <param name="Horizontal">How the kernel slides to the right.</param>
/// <param name="Weight">How the weight begins.</param>
/// <param name="Bias">How the bias begins.</param>
internal sealed record Conv2DLayer(
    string Name, Shape Input, int Filters, SlidingWindow Vertical, SlidingWindow Horizontal, Initialization Weight, Initialization Bias)
    : Layer(Name, Input, Shape.Image(Vertical.Positions, Horizontal.Positions, Filters)), ILowered
{
    public override string Kind => "Conv2D";

    public int KernelHeight => Vertical.Window;

    public int KernelWidth => Horizontal.Window;

    public int Stride => Vertical.Stride;

    public int PadTop => Vertical.Before;

    public int PadBottom => Vertical.After;

    public int PadLeft => Horizontal.Before;

    public int PadRight => Horizontal.After;

    public override string Description =>
        Invariant($"{KernelHeight}×{KernelWidth}, {Filters} filters, ")
        + (Stride == 1 ? "" : Invariant($"stride {Stride}, "))
        + (Vertical.Pads ? "same" : "valid")
        + Weight.Setting("weight")
        + Bias.Setting("bias");

    public override long Flops =>
        Sizes.Product(2, KernelHeight, KernelWidth, Input.Channels, Filters, Output.Height, Output.Width);

    public override EquatableArray<ParameterModel> Parameters =>
    [
        new("weight", LayoutKind.Convolution, [KernelHeight, KernelWidth, Input.Channels, Filters], Weight, FanIn, FanOut),
        new("bias", LayoutKind.Vector, [Filters], Bias, FanIn, FanOut),
    ];

    public int FanIn => Saturate(Sizes.Product(KernelHeight, KernelWidth, Input.Channels));

    public int FanOut => Saturate(Sizes.Product(KernelHeight, KernelWidth, Filters));

    private static int Saturate(long size) => (int)Math.Min(size, int.MaxValue);

    public void Lower(GraphBuilder graph) => graph.Add(new ConvolutionOperation(
        graph.Layer,
        graph.Current,
        new FilterShape(Filters, KernelHeight, KernelWidth, Stride, new Halo(PadTop, PadLeft, PadBottom, PadRight)),
        Output.Height,
        Output.Width,
        graph.Parameter("weight"),
        graph.Parameter("bias")));
}
