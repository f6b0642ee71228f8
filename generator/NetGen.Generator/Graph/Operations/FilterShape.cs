namespace NetGen.Generator.Graph.Operations;

/// <summary>The sizes of a convolution's filters.</summary>
/// <param name="Count">The number of filters: output channels.</param>
/// <param name="Height">Lines of a filter.</param>
/// <param name="Width">Columns of a filter.</param>
/// <param name="Stride">Pixels from one position to the next, in both directions.</param>
/// <param name="Padding">The zeros around the image.</param>
/// <param name="Dilation">Pixels from one line or column of a filter to the next one.</param>
/// <param name="Groups">Into how many groups channels and filters are divided: a filter reads only the channels of its own group.</param>
internal sealed record FilterShape(int Count, int Height, int Width, int Stride, Halo Padding, int Dilation = 1, int Groups = 1)
{
    /// <summary>Lines of the input under a filter.</summary>
    public int HeightExtent => ((Height - 1) * Dilation) + 1;

    /// <summary>Columns of the input under a filter.</summary>
    public int WidthExtent => ((Width - 1) * Dilation) + 1;
}
