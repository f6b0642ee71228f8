namespace NetGen;

/// <summary>Replaces a square by the fill.</summary>
internal sealed class CutoutAugmentation : Augmentation
{
    private readonly int _size;
    private readonly float _fill;

    public CutoutAugmentation(int size, float fill)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        CheckFill(fill);
        (_size, _fill) = (size, fill);
    }

    internal override void Apply(ReadOnlySpan<float> image, Span<float> result, ImageSize size, ref SampleRandom random)
    {
        image.CopyTo(result);
        (int top, int bottom) = Range(random.NextInt32(size.Height), size.Height);
        (int left, int right) = Range(random.NextInt32(size.Width), size.Width);
        for (int y = top; y < bottom; y++)
            size.Row(result, y)[(left * size.Channels)..(right * size.Channels)].Fill(_fill);
    }

    /// <summary>The rows or columns of the square that lie inside.</summary>
    private (int First, int End) Range(int middle, int length) =>
        (Math.Max(middle - (_size / 2), 0), (int)Math.Min((long)middle - (_size / 2) + _size, length));
}
