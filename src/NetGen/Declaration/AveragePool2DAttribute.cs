namespace NetGen;

/// <summary>
/// The mean over windows of <c>size</c>×<c>size</c> pixels, each channel for itself:
/// <c>(height, width, channels)</c> → <c>(height', width', channels)</c>. Padding does not count: at a border the sum is divided by
/// the number of pixels that lie in the image, as in Keras, ONNX (<c>count_include_pad = 0</c>) and PyTorch with
/// <c>count_include_pad=False</c>. Every pixel of a window takes the same share of its gradient; a NaN makes its windows NaN.
/// </summary>
/// <param name="size">The height and width of the window in pixels, at least 1; the step too, unless it is given.</param>
public sealed class AveragePool2DAttribute(int size) : LayerAttribute
{
    /// <summary>The height and width of the window.</summary>
    public int Size { get; } = size;

    /// <summary>The step of the window in both directions in pixels, at least 1; <see cref="Size"/> when not given.</summary>
    public int Stride { get; set; } = size;

    /// <summary>How the border is treated; <see cref="Padding.Valid"/> when not given.</summary>
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>Rows of padding above and below the image, as PyTorch's <c>padding</c> with <c>count_include_pad=False</c>: at most half of <see cref="Size"/>; 0 when not given. Not together with <see cref="Padding"/>.</summary>
    public int PaddingHeight { get; set; }

    /// <summary>Columns of padding left and right of the image, as PyTorch's <c>padding</c> with <c>count_include_pad=False</c>: at most half of <see cref="Size"/>; 0 when not given. Not together with <see cref="Padding"/>.</summary>
    public int PaddingWidth { get; set; }
}
