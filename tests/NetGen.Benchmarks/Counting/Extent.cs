namespace NetGen.Benchmarks.Counting;

/// <summary>Height, width and channels of a sample; a sequence is one row, and flat values are one pixel with many channels.</summary>
internal readonly record struct Extent(int Height, int Width, int Channels)
{
    public int Length => Height * Width * Channels;

    public Extent Flattened => new(1, 1, Length);

    public static Extent Of(IReadOnlyList<int> shape) =>
        new(shape.Count > 2 ? shape[^3] : 1, shape.Count > 1 ? shape[^2] : 1, shape[^1]);
}

/// <summary>
/// The pixels of an image that are needed: those whose row and column both are. Windows are rectangles, so what they read of
/// such a region is one again.
/// </summary>
internal sealed record Region(bool[] Rows, bool[] Columns)
{
    public static Region Whole(Extent extent) => new(All(extent.Height), All(extent.Width));

    /// <summary>The least region in which both lie.</summary>
    public Region Union(Region other) => new([.. Rows.Zip(other.Rows, (a, b) => a || b)], [.. Columns.Zip(other.Columns, (a, b) => a || b)]);

    private static bool[] All(int length) => [.. Enumerable.Repeat(true, length)];
}
