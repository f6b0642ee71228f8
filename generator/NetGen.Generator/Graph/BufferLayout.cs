using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph;

/// <summary>The shape of one sample's values in a tensor. A sequence is an image of one row; flat features are one pixel with many channels.</summary>
internal readonly record struct SampleShape(int Height, int Width, int Channels)
{
    public int Length => Height * Width * Channels;

    /// <summary>The shape as the part of a larger one that is left of it, for comments: <c>8×8 of (9, 9, 4)</c>, or the shape itself if nothing is missing.</summary>
    /// <param name="whole">The larger shape, with the same channels.</param>
    public string PartOf(SampleShape whole) => this == whole ? ToString() : whole.Height > 1 ? $"{Height}×{Width} of {whole}" : $"{Width} of {whole}";

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
internal readonly record struct BufferLayout(SampleShape Shape, Halo Halo)
{
    /// <summary>One value for each channel, shared by all pixels: all strides are 0.</summary>
    public static readonly BufferLayout OfChannels = new(default, default);

    /// <summary>Floats of a pixel, with channels of other tensors that lie between; 0 if there are none.</summary>
    public int Pitch { get; init; }

    /// <summary>Whether channels of other tensors lie between the pixels.</summary>
    public bool IsSlice => Pitch > Shape.Channels && Shape.Height * Shape.Width > 1;

    /// <summary>Floats from a pixel to its right neighbour.</summary>
    public int PixelStride => Pitch > 0 ? Pitch : Shape.Channels;

    /// <summary>Floats from a pixel to the one below.</summary>
    public int RowStride => (Halo.Left + Shape.Width + Halo.Right) * PixelStride;

    /// <summary>Floats from the start of the buffer to the first pixel.</summary>
    public int Origin => (Halo.Top * RowStride) + (Halo.Left * PixelStride);

    /// <summary>Floats from the start of the buffer to where a reader begins that needs only a smaller halo.</summary>
    public int OriginOf(Halo inner) => ((Halo.Top - inner.Top) * RowStride) + ((Halo.Left - inner.Left) * PixelStride);

    /// <summary>Floats in all.</summary>
    public int Length => (Halo.Top + Shape.Height + Halo.Bottom) * RowStride;

    /// <summary>Whether the values of the image are contiguous.</summary>
    public bool IsContiguous => Halo.IsEmpty && !IsSlice;

    /// <summary>All sizes as a text.</summary>
    public string Key => Invariant($"{Shape} {Halo.Top} {Halo.Left} {Halo.Bottom} {Halo.Right} {Pitch}");
}
