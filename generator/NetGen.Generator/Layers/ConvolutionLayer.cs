using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Layers;

/// <summary>A convolution of an image or a sequence, with its bias. Each kind is a record of its own; a sequence slides only horizontally.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">An image or a sequence.</param>
/// <param name="Output">What comes out.</param>
/// <param name="Vertical">How the kernel slides down; over one row for a sequence.</param>
/// <param name="Horizontal">How the kernel slides to the right.</param>
/// <param name="Groups">Into how many groups channels and filters are divided: a filter reads only the channels of its own group.</param>
/// <param name="Weight">How the weight begins.</param>
/// <param name="Bias">How the bias begins.</param>
internal abstract record ConvolutionLayer(
    string Name, Shape Input, Shape Output, SlidingWindow Vertical, SlidingWindow Horizontal, int Groups, Initialization Weight, Initialization Bias)
    : Layer(Name, Input, Output), ILowered
{
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

    /// <summary>The number of filters and groups in words, followed by a comma.</summary>
    protected string FiltersText => Invariant($"{Filters} filters, ") + (Groups == 1 ? "" : Invariant($"{Groups} groups, "));

    /// <summary>The end of the description: stride, dilation, padding and initialisers.</summary>
    protected string Settings =>
        (Stride == 1 ? "" : Invariant($"stride {Stride}, "))
        + (Dilation == 1 ? "" : Invariant($"dilation {Dilation}, "))
        + PaddingText
        + Weight.Setting("weight")
        + Bias.Setting("bias");

    private string PaddingText =>
        Horizontal.Padding == PaddingKind.Same ? "same"
        : Vertical.Before + Horizontal.Before == 0 ? "valid"
        : Vertical.Before == Horizontal.Before || !Input.IsImage ? Invariant($"padding {Horizontal.Before}")
        : Invariant($"padding {Vertical.Before}×{Horizontal.Before}");

    /// <summary>How the weight is stored.</summary>
    private (LayoutKind Kind, EquatableArray<int> Arguments) Layout
    {
        get
        {
            // Where every group has one channel and one filter, the rows of the matrix are those of a single channel.
            bool isGrouped = Groups > 1 && (GroupChannels > 1 || GroupFilters > 1);
            return (Input.IsImage, isGrouped) switch
            {
                (true, false) => (LayoutKind.Convolution, [KernelHeight, KernelWidth, GroupChannels, Filters]),
                (true, true) => (LayoutKind.GroupedConvolution, [Groups, KernelHeight, KernelWidth, GroupChannels, GroupFilters]),
                (false, false) => (LayoutKind.Convolution1D, [KernelWidth, GroupChannels, Filters]),
                (false, true) => (LayoutKind.GroupedConvolution1D, [Groups, KernelWidth, GroupChannels, GroupFilters]),
            };
        }
    }

    public void Lower(GraphBuilder graph) => graph.Add(new ConvolutionOperation(
        graph.Layer,
        graph.Current,
        new FilterShape(
            Filters, KernelHeight, KernelWidth, Step, new Halo(Vertical.Before, Horizontal.Before, Vertical.After, Horizontal.After), Dilation, Groups),
        Vertical.Positions,
        Horizontal.Positions,
        graph.Parameter("weight"),
        graph.Parameter("bias"))
    {
        DeclaredStride = Stride,
        Winograd = graph.Winograd,
        WinogradInBackward = graph.WinogradInBackward,
    });

    /// <summary>The stride of the kernel. With only one position it has no effect, and may be so large that distances in floats would overflow.</summary>
    private int Step => Vertical.Positions == 1 && Horizontal.Positions == 1 ? 1 : Stride;

    private static int Saturate(long size) => (int)Math.Min(size, int.MaxValue);
}
