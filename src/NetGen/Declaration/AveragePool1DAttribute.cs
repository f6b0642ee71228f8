namespace NetGen;

/// <summary>
/// The mean over windows of <c>size</c> steps, each channel for itself: <c>(length, channels)</c> → <c>(length', channels)</c>. Padding does not count:
/// at a border the sum is divided by the number of steps that lie in the sequence, as in Keras and PyTorch with
/// <c>count_include_pad=False</c>. Every step of a window takes the same share of its gradient; a NaN makes its windows NaN.
/// </summary>
/// <param name="size">The length of the window in steps, at least 1; its own step too, unless it is given.</param>
public sealed class AveragePool1DAttribute(int size) : LayerAttribute
{
    /// <summary>The length of the window.</summary>
    public int Size { get; } = size;

    /// <summary>The step of the window, at least 1; <see cref="Size"/> when not given.</summary>
    public int Stride { get; set; } = size;

    /// <summary>How the border is treated; <see cref="Padding.Valid"/> when not given.</summary>
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>Steps of padding before and after the sequence, as PyTorch's <c>padding</c> with <c>count_include_pad=False</c>: at most half of <see cref="Size"/>; 0 when not given. Not together with <see cref="Padding"/>.</summary>
    public int PaddingLength { get; set; }
}
