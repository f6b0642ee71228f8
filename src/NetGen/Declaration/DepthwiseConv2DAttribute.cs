namespace NetGen;

/// <summary>
/// A two-dimensional convolution of each channel by itself, with bias: <c>(height, width, channels)</c> → <c>(height', width', channels)</c>. Each
/// channel has one filter (Keras' <c>DepthwiseConv2D</c>, PyTorch's <c>Conv2d</c> with <c>groups=channels</c>). Its weight is
/// <c>[channels, 1, kernelHeight, kernelWidth]</c> in files. With a <see cref="Conv2DAttribute"/> of kernel 1 after it, it is a separable
/// convolution (MobileNets, Howard et al. 2017).
/// </summary>
public sealed class DepthwiseConv2DAttribute : WeightedLayerAttribute
{
    /// <summary>A convolution with square kernels.</summary>
    /// <param name="kernel">The height and width of the kernels in pixels, at least 1.</param>
    public DepthwiseConv2DAttribute(int kernel)
        : this(kernel, kernel)
    {
    }

    /// <summary>A convolution with rectangular kernels.</summary>
    /// <param name="kernelHeight">The height of the kernels in pixels, at least 1.</param>
    /// <param name="kernelWidth">The width of the kernels in pixels, at least 1.</param>
    public DepthwiseConv2DAttribute(int kernelHeight, int kernelWidth)
    {
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
    }

    /// <summary>The height of the kernels.</summary>
    public int KernelHeight { get; }

    /// <summary>The width of the kernels.</summary>
    public int KernelWidth { get; }

    /// <inheritdoc cref="Conv2DAttribute.Stride"/>
    public int Stride { get; set; } = 1;

    /// <inheritdoc cref="Conv2DAttribute.Padding"/>
    public Padding Padding { get; set; } = Padding.Valid;

    /// <inheritdoc cref="Conv2DAttribute.PaddingHeight"/>
    public int PaddingHeight { get; set; }

    /// <inheritdoc cref="Conv2DAttribute.PaddingWidth"/>
    public int PaddingWidth { get; set; }

    /// <inheritdoc cref="Conv2DAttribute.Dilation"/>
    public int Dilation { get; set; } = 1;
}
