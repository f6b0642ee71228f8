namespace NetGen;

/// <summary>Cuts a part out of an image, which may be padded before.</summary>
internal sealed class CropAugmentation : Augmentation
{
    private readonly int _height;
    private readonly int _width;
    private readonly int _padding;
    private readonly float _fill;

    public CropAugmentation(int height, int width, int padding, float fill)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        CheckFill(fill);
        (_height, _width, _padding, _fill) = (height, width, padding, fill);
    }

    internal override ImageSize Result(ImageSize size)
    {
        if (_height > size.Height + (2L * _padding) || _width > size.Width + (2L * _padding))
            throw Unfit($"A part of {_height} × {_width} is larger than an image of {size.Height} × {size.Width} with a padding of {_padding}.");
        if (_padding >= Math.Min(_height, _width))
            throw Unfit($"A part of {_height} × {_width} can lie in a padding of {_padding} altogether.");
        return new ImageSize(_height, _width, size.Channels);
    }

    internal override void Apply(ReadOnlySpan<float> image, Span<float> result, ImageSize size, ref SampleRandom random)
    {
        int top = random.NextInt32(size.Height + (2 * _padding) - _height + 1) - _padding;
        int left = random.NextInt32(size.Width + (2 * _padding) - _width + 1) - _padding;
        ImageWindow.Copy(image, size, top, left, result, Result(size), _fill);
    }

    internal override void ApplyOutsideTraining(ReadOnlySpan<float> image, Span<float> result, ImageSize size)
    {
        int top = ((size.Height + (2 * _padding) - _height) / 2) - _padding;
        int left = ((size.Width + (2 * _padding) - _width) / 2) - _padding;
        ImageWindow.Copy(image, size, top, left, result, Result(size), _fill);
    }
}
