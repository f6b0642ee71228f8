using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Model;
using static System.FormattableString;

namespace NetGen.Generator.Layers;

/// <summary>A convolution of an image or a sequence, with its bias. Each kind is a record of its own; a sequence slides only horizontally.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">An image or a sequence.</param>
/// <param name="Output">What comes out.</param>
/// <param name="Vertical">How the kernel slides down; over one row for a sequence.</param>
/// <param name="Horizontal">How the kernel slides to the right.</param>
/// <param name="Weight">How the weight begins.</param>
/// <param name="Bias">How the bias begins.</param>
internal abstract record ConvolutionLayer(
    string Name, Shape Input, Shape Output, SlidingWindow Vertical, SlidingWindow Horizontal, Initialization Weight, Initialization Bias)
    : Layer(Name, Input, Output), ILowered
{
    /// <summary>Into how many groups channels and filters are divided: a filter reads only the channels of its own group.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>The number of output channels.</summary>
    public int Filters => Output.Channels;

    public int KernelHeight => Vertical.Window;

    public int KernelWidth => Horizontal.Window;

    /// <summary>Whether the kernel is as high as it is wide, or the input is a sequence.</summary>
    public bool IsSquare => !Input.IsImage || KernelHeight == KernelWidth;

    public int Stride => Horizontal.Stride;

    public int Dilation => Horizontal.Dilation;

    /// <summary>The channels of the input that one filter reads.</summary>
    public int GroupChannels => Input.Channels / Groups;

    /// <summary>The filters that read the same channels.</summary>
    public int GroupFilters => Filters / Groups;

    /// <summary>The inputs that one output sums.</summary>
    public int FanIn => Saturate(Sizes.Product(KernelHeight, KernelWidth, GroupChannels));

    /// <summary>The outputs that one input reaches, if the stride is 1.</summary>
    public int FanOut => Saturate(Sizes.Product(KernelHeight, KernelWidth, GroupFilters));

    public override long Flops =>
        Sizes.Product(2, KernelHeight, KernelWidth, GroupChannels, Filters, Vertical.Positions, Horizontal.Positions);

    public override EquatableArray<ParameterModel> Parameters =>
    [
        new("weight", Layout.Kind, Layout.Arguments, Weight, FanIn, FanOut),
        new("bias", LayoutKind.Vector, [Filters], Bias, FanIn, FanOut),
    ];

    /// <summary>How the weight is stored.</summary>
    protected abstract (LayoutKind Kind, EquatableArray<int> Arguments) Layout { get; }

    /// <summary>The end of the description: stride, dilation, groups, padding and initialisers.</summary>
    /// <param name="padding">The padding in words.</param>
    protected string Settings(string padding) =>
        (Stride == 1 ? "" : Invariant($"stride {Stride}, "))
        + (Dilation == 1 ? "" : Invariant($"dilation {Dilation}, "))
        + padding
        + Weight.Setting("weight")
        + Bias.Setting("bias");

    /// <summary>The padding in words.</summary>
    protected static string PaddingText(SlidingWindow vertical, SlidingWindow horizontal) =>
        vertical.Padding == PaddingKind.Same ? "same"
        : vertical.Before + horizontal.Before == 0 ? "valid"
        : vertical.Before == horizontal.Before ? Invariant($"padding {horizontal.Before}")
        : Invariant($"padding {vertical.Before}×{horizontal.Before}");

    public void Lower(GraphBuilder graph) => graph.Add(new ConvolutionOperation(
        graph.Layer,
        graph.Current,
        new FilterShape(
            Filters, KernelHeight, KernelWidth, Step, new Halo(Vertical.Before, Horizontal.Before, Vertical.After, Horizontal.After), Dilation, Groups),
        Vertical.Positions,
        Horizontal.Positions,
        graph.Parameter("weight"),
        graph.Parameter("bias")));

    /// <summary>The stride, which may be any number where there is only one position.</summary>
    private int Step => Vertical.Positions == 1 && Horizontal.Positions == 1 ? 1 : Stride;

    private static int Saturate(long size) => (int)Math.Min(size, int.MaxValue);
}
