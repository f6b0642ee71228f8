namespace NetGen.Generator.Lowering;

/// <summary>The size of one sample's values between two stages; flat features are one pixel with many channels.</summary>
internal readonly record struct Extent(int Height, int Width, int Channels)
{
    public int Length => Height * Width * Channels;

    public override string ToString() => Height == 1 && Width == 1 ? $"({Channels})" : $"({Height}, {Width}, {Channels})";
}

/// <summary>Rows and columns of zeros around an image, which the consumer's kernel reads as padding.</summary>
internal readonly record struct Halo(int Top, int Left, int Bottom, int Right)
{
    public bool IsEmpty => Top == 0 && Left == 0 && Bottom == 0 && Right == 0;
}

/// <summary>Where one sample's image lies in a buffer: rows of pixels with a halo around them.</summary>
/// <param name="Extent">The image without its halo.</param>
/// <param name="Halo">The halo.</param>
/// <param name="Dilation">1, or the distance of two pixels when zeros stand between them.</param>
internal readonly record struct Raster(Extent Extent, Halo Halo, int Dilation = 1)
{
    /// <summary>Floats from a pixel to its right neighbour.</summary>
    public int PixelStride => Dilation * Extent.Channels;

    /// <summary>Floats from a line of the buffer to the next one.</summary>
    public int LineStride => (Halo.Left + Spread(Extent.Width) + Halo.Right) * Extent.Channels;

    /// <summary>Floats from a pixel to the one below.</summary>
    public int RowStride => Dilation * LineStride;

    /// <summary>Floats from the start of the buffer to the first pixel.</summary>
    public int Origin => (Halo.Top * LineStride) + (Halo.Left * Extent.Channels);

    /// <summary>Floats in all.</summary>
    public int Length => (Halo.Top + Spread(Extent.Height) + Halo.Bottom) * LineStride;

    /// <summary>Whether the image is one run of floats.</summary>
    public bool IsContiguous => Halo.IsEmpty && Dilation == 1;

    private int Spread(int pixels) => ((pixels - 1) * Dilation) + 1;
}
