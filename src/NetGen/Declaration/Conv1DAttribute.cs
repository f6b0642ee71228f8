namespace NetGen;

/// <summary>
/// A one-dimensional convolution (cross-correlation, as in Keras and PyTorch) with bias: <c>(length, channels)</c> → <c>(length', filters)</c>. Its
/// weight is <c>[filters, channels, kernel]</c> in files. Layers without a name are counted together with those of <see cref="Conv2DAttribute"/>:
/// <c>conv1</c>, <c>conv2</c>.
/// </summary>
/// <param name="filters">The number of filters, at least 1: the channels of the output.</param>
/// <param name="kernel">The length of the kernel in steps, at least 1.</param>
public sealed class Conv1DAttribute(int filters, int kernel) : WeightedLayerAttribute
{
    /// <summary>The number of output channels.</summary>
    public int Filters { get; } = filters;

    /// <summary>The length of the kernel.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>The step of the kernel, at least 1; 1 when not given.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>How the border is treated; <see cref="Padding.Valid"/> when not given.</summary>
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>
    /// Zeros before and after the sequence, at least 0, as PyTorch's <c>padding</c>:
    /// <c>length' = (length + 2 PaddingLength - (kernel - 1) Dilation - 1) / Stride + 1</c>, rounded down. Not together with <see cref="Padding"/>.
    /// </summary>
    public int PaddingLength { get; set; }

    /// <summary>
    /// The distance in steps from one weight of the kernel to the next, at least 1; 1 when not given. A kernel of 3 with a dilation of 2
    /// covers 5 steps.
    /// </summary>
    public int Dilation { get; set; } = 1;

    /// <summary>
    /// Into how many groups channels and filters are divided, at least 1; 1 when not given. It must divide both. The filters of a group
    /// read only the channels of that group, so the weight is <c>[filters, channels / Groups, kernel]</c> in files, as in PyTorch. With as many groups
    /// as channels and filters the convolution is depthwise.
    /// </summary>
    public int Groups { get; set; } = 1;
}
