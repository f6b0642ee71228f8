using NetGen.Numerics;

using static System.FormattableString;

namespace NetGen;

/// <summary>Rotates an image about its middle, with bilinear interpolation.</summary>
internal sealed class RotateAugmentation : Augmentation
{
    private readonly double _turns;
    private readonly float _fill;

    public RotateAugmentation(double degrees, float fill)
    {
        if (!(degrees is >= 0 and <= 180))
            throw new ArgumentOutOfRangeException(nameof(degrees), Invariant($"The angle must be 0 to 180 degrees, but got {degrees}."));
        CheckFill(fill);
        (_turns, _fill) = (degrees / 360, fill);
    }

    internal override void Apply(ReadOnlySpan<float> image, Span<float> result, ImageSize size, ref SampleRandom random)
    {
        // Not the sine of the platform's library, whose last bits differ between systems.
        long angle = (long)(((2 * random.NextDouble()) - 1) * _turns * 4294967296.0);
        (double sine, double cosine) = Gaussian.SinCosTurn((uint)angle);
        double middleY = (size.Height - 1) / 2.0;
        double middleX = (size.Width - 1) / 2.0;
        int place = 0;
        for (int y = 0; y < size.Height; y++)
        {
            for (int x = 0; x < size.Width; x++, place += size.Channels)
            {
                double fromX = (cosine * (x - middleX)) + (sine * (y - middleY)) + middleX;
                double fromY = (cosine * (y - middleY)) - (sine * (x - middleX)) + middleY;
                Interpolate(image, size, fromY, fromX, result.Slice(place, size.Channels));
            }
        }
    }

    private void Interpolate(ReadOnlySpan<float> image, ImageSize size, double y, double x, Span<float> pixel)
    {
        (int top, int left) = ((int)Math.Floor(y), (int)Math.Floor(x));
        (float down, float right) = ((float)(y - top), (float)(x - left));
        for (int channel = 0; channel < pixel.Length; channel++)
        {
            float upper = Mix(Value(image, size, top, left, channel), Value(image, size, top, left + 1, channel), right);
            float lower = Mix(Value(image, size, top + 1, left, channel), Value(image, size, top + 1, left + 1, channel), right);
            pixel[channel] = Mix(upper, lower, down);
        }
    }

    private float Value(ReadOnlySpan<float> image, ImageSize size, int y, int x, int channel) =>
        (uint)y < (uint)size.Height && (uint)x < (uint)size.Width ? image[(((y * size.Width) + x) * size.Channels) + channel] : _fill;

    private static float Mix(float first, float second, float share) => first + ((second - first) * share);
}
