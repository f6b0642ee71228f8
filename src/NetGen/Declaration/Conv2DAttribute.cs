namespace NetGen;

/// <summary>
/// A two-dimensional convolution (cross-correlation, as in Keras and PyTorch) with bias:
/// <c>(height, width, channels)</c> → <c>(height', width', filters)</c>. Its weight is
/// <c>[filters, channels, kernelHeight, kernelWidth]</c> in files.
/// </summary>
public sealed class Conv2DAttribute : LayerAttribute
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
}
