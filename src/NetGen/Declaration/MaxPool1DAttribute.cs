namespace NetGen;

/// <summary>
/// The maximum over windows of <c>size</c> steps, each channel for itself: <c>(length, channels)</c> → <c>(length', channels)</c> with
/// <c>length' = (length - size) / stride + 1</c>, rounded down. Padding is −∞, as in Keras and PyTorch: it is never the maximum. Of equal values the
/// first takes the gradient; a NaN is the maximum of its window.
/// </summary>
/// <param name="size">The length of the window in steps, at least 1; its own step too, unless it is given.</param>
public sealed class MaxPool1DAttribute(int size) : LayerAttribute
{
    /// <summary>The length of the window.</summary>
    public int Size { get; } = size;

    /// <summary>The step of the window, at least 1; <see cref="Size"/> when not given.</summary>
    public int Stride { get; set; } = size;

    /// <summary>How the border is treated; <see cref="Padding.Valid"/> when not given.</summary>
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>Steps of padding before and after the sequence, as PyTorch's <c>padding</c>: at most half of <see cref="Size"/>; 0 when not given. Not together with <see cref="Padding"/>.</summary>
    public int PaddingLength { get; set; }
}
