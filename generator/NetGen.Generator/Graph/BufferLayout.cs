using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph;

/// <summary>The shape of one sample's values in a tensor. A sequence is an image of one row; flat features are one pixel with many channels.</summary>
internal readonly record struct SampleShape(int Height, int Width, int Channels)
{
    public int Length => Height * Width * Channels;

    public override string ToString() => Height > 1 ? $"({Height}, {Width}, {Channels})" : Width > 1 ? $"({Width}, {Channels})" : $"({Channels})";
}

/// <summary>Rows and columns of zeros around an image, which the reader's kernel uses as padding.</summary>
internal readonly record struct Halo(int Top, int Left, int Bottom, int Right)
{
    public bool IsEmpty => Top == 0 && Left == 0 && Bottom == 0 && Right == 0;

    /// <summary>The smallest halo that contains both.</summary>
    public Halo Union(Halo other) => new(
        Math.Max(Top, other.Top), Math.Max(Left, other.Left), Math.Max(Bottom, other.Bottom), Math.Max(Right, other.Right));
}

/// <summary>The layout of one sample's image in a buffer: rows of pixels with a halo around them.</summary>
/// <param name="Shape">The image without its halo.</param>
/// <param name="Halo">The halo.</param>
/// <param name="Dilation">The distance from a pixel to the next one, with zeros between them; 1 for none.</param>
internal readonly record struct BufferLayout(SampleShape Shape, Halo Halo, int Dilation = 1)
{
    /// <summary>One value for each channel, shared by all pixels: all strides are 0.</summary>
    public static readonly BufferLayout OfChannels = new(default, default);

    /// <summary>Floats of a pixel, with channels of other tensors that lie between; 0 if there are none.</summary>
    public int Pitch { get; init; }

    /// <summary>Whether channels of other tensors lie between the pixels.</summary>
    public bool IsSlice => Pitch > Shape.Channels && Shape.Height * Shape.Width > 1;

    /// <summary>Floats from a pixel to its right neighbour.</summary>
    public int PixelStride => Dilation * PixelLength;

    /// <summary>Floats from a line of the buffer to the next one.</summary>
    public int LineStride => (Halo.Left + Spread(Shape.Width) + Halo.Right) * PixelLength;

    /// <summary>Floats from a pixel to the one below.</summary>
    public int RowStride => Dilation * LineStride;

    /// <summary>Floats from the start of the buffer to the first pixel.</summary>
    public int Origin => (Halo.Top * LineStride) + (Halo.Left * PixelLength);

    /// <summary>Floats from the start of the buffer to where a reader begins that needs only a smaller halo.</summary>
    public int OriginOf(Halo inner) => ((Halo.Top - inner.Top) * LineStride) + ((Halo.Left - inner.Left) * PixelLength);

    /// <summary>Floats in all.</summary>
    public int Length => (Halo.Top + Spread(Shape.Height) + Halo.Bottom) * LineStride;

    /// <summary>Whether the values of the image are contiguous.</summary>
    public bool IsContiguous => Halo.IsEmpty && Dilation == 1 && !IsSlice;

    /// <summary>All sizes as a text.</summary>
    public string Key => Invariant($"{Shape} {Halo.Top} {Halo.Left} {Halo.Bottom} {Halo.Right} {Dilation} {Pitch}");

    private int PixelLength => Pitch > 0 ? Pitch : Shape.Channels;

    private int Spread(int pixels) => ((pixels - 1) * Dilation) + 1;
}
