namespace NetGen;

/// <summary>
/// A two-dimensional convolution (cross-correlation, as in Keras and PyTorch) with bias:
/// <c>(height, width, channels)</c> → <c>(height', width', filters)</c>. Its weight is
/// <c>[filters, channels, kernelHeight, kernelWidth]</c> in files.
/// </summary>
public sealed class Conv2DAttribute : WeightedLayerAttribute
{
    /// <summary>A convolution with a square kernel.</summary>
    /// <param name="filters">The number of filters, at least 1: the channels of the output.</param>
    /// <param name="kernel">The height and width of the kernel in pixels, at least 1.</param>
    public Conv2DAttribute(int filters, int kernel)
        : this(filters, kernel, kernel)
    {
    }

    /// <summary>A convolution with a rectangular kernel.</summary>
    /// <param name="filters">The number of filters, at least 1: the channels of the output.</param>
    /// <param name="kernelHeight">The height of the kernel in pixels, at least 1.</param>
    /// <param name="kernelWidth">The width of the kernel in pixels, at least 1.</param>
    public Conv2DAttribute(int filters, int kernelHeight, int kernelWidth)
    {
        Filters = filters;
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
    }

    /// <summary>The number of output channels.</summary>
    public int Filters { get; }

    /// <summary>The height of the kernel.</summary>
    public int KernelHeight { get; }

    /// <summary>The width of the kernel.</summary>
    public int KernelWidth { get; }

    /// <summary>The step of the kernel in both directions in pixels, at least 1; 1 when not given.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>How the border is treated; <see cref="Padding.Valid"/> when not given.</summary>
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>
    /// Rows of zeros above and below the input, at least 0, as PyTorch's <c>padding</c>:
    /// <c>height' = (height + 2 PaddingHeight - (kernelHeight - 1) Dilation - 1) / Stride + 1</c>, rounded down. Not together with <see cref="Padding"/>.
    /// </summary>
    public int PaddingHeight { get; set; }

    /// <summary>Columns of zeros left and right of the input, at least 0, as <see cref="PaddingHeight"/> above and below.</summary>
    public int PaddingWidth { get; set; }

    /// <summary>
    /// The distance in pixels from one weight of the kernel to the next, in both directions, at least 1; 1 when not given. A kernel of 3 with a
    /// dilation of 2 covers 5 pixels.
    /// </summary>
    public int Dilation { get; set; } = 1;

    /// <summary>
    /// Into how many groups channels and filters are divided, at least 1; 1 when not given. It must divide both. The filters of a group
    /// read only the channels of that group, so the weight is <c>[filters, channels / Groups, kernelHeight, kernelWidth]</c> in files, as in PyTorch.
    /// With as many groups as channels and filters the convolution is depthwise; see <see cref="DepthwiseConv2DAttribute"/>.
    /// </summary>
    public int Groups { get; set; } = 1;
}
