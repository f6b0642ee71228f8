namespace NetGen;

/// <summary>Shifts an image by whole pixels.</summary>
internal sealed class ShiftAugmentation : Augmentation
{
    private readonly int _rows;
    private readonly int _columns;
    private readonly float _fill;

    public ShiftAugmentation(int rows, int columns, float fill)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        CheckFill(fill);
        (_rows, _columns, _fill) = (rows, columns, fill);
    }

    internal override ImageSize Result(ImageSize size)
    {
        if (_rows >= size.Height || _columns >= size.Width)
            throw Unfit($"Shifts of up to {_rows} rows and {_columns} columns can move all of an image of {size.Height} × {size.Width} outside.");
        return size;
    }

    internal override void Apply(ReadOnlySpan<float> image, Span<float> result, ImageSize size, ref SampleRandom random)
    {
        int top = random.NextInt32((2 * _rows) + 1) - _rows;
        int left = random.NextInt32((2 * _columns) + 1) - _columns;
        ImageWindow.Copy(image, size, top, left, result, size, _fill);
    }
}
