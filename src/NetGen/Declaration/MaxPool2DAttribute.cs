namespace NetGen;

/// <summary>
/// The maximum over windows of <c>size</c>×<c>size</c> pixels, each channel for itself:
/// <c>(height, width, channels)</c> → <c>(height', width', channels)</c> with <c>height' = (height - size) / stride + 1</c>,
/// rounded down. Padding is −∞, as in Keras and PyTorch: it is never the maximum. Of equal values the first in row order takes the gradient; a NaN
/// is the maximum of its window.
/// </summary>
/// <param name="size">The height and width of the window in pixels, at least 1; the step too, unless it is given.</param>
public sealed class MaxPool2DAttribute(int size) : LayerAttribute
{
    /// <summary>The height and width of the window.</summary>
    public int Size { get; } = size;

    /// <summary>The step of the window in both directions in pixels, at least 1; <see cref="Size"/> when not given.</summary>
    public int Stride { get; set; } = size;

    /// <summary>How the border is treated; <see cref="Padding.Valid"/> when not given.</summary>
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>Rows of padding above and below the image, as PyTorch's <c>padding</c>: at most half of <see cref="Size"/>; 0 when not given. Not together with <see cref="Padding"/>.</summary>
    public int PaddingHeight { get; set; }

    /// <summary>Columns of padding left and right of the image, as PyTorch's <c>padding</c>: at most half of <see cref="Size"/>; 0 when not given. Not together with <see cref="Padding"/>.</summary>
    public int PaddingWidth { get; set; }
}
