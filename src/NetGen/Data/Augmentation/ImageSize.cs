namespace NetGen;

/// <summary>The size of an image, which lies in memory row by row with the channels last.</summary>
internal readonly record struct ImageSize(int Height, int Width, int Channels)
{
    /// <summary>Number of values of a row.</summary>
    public int RowLength => Width * Channels;

    /// <summary>Number of values of the image.</summary>
    public int Length => checked(Height * Width * Channels);

    /// <summary>The values of a row.</summary>
    public Span<float> Row(Span<float> image, int row) => image.Slice(row * RowLength, RowLength);

    /// <summary>The values of a row.</summary>
    public ReadOnlySpan<float> Row(ReadOnlySpan<float> image, int row) => image.Slice(row * RowLength, RowLength);
}
