using static System.FormattableString;

namespace NetGen;

/// <summary>Exchanges left and right, or top and bottom.</summary>
internal sealed class FlipAugmentation : Augmentation
{
    private readonly double _probability;
    private readonly bool _vertically;

    public FlipAugmentation(double probability, bool vertically)
    {
        if (!(probability is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), Invariant($"The probability must be 0 to 1, but got {probability}."));
        (_probability, _vertically) = (probability, vertically);
    }

    internal override void Apply(ReadOnlySpan<float> image, Span<float> result, ImageSize size, ref SampleRandom random)
    {
        if (random.NextDouble() >= _probability)
        {
            image.CopyTo(result);
            return;
        }
        for (int y = 0; y < size.Height; y++)
        {
            ReadOnlySpan<float> row = size.Row(image, y);
            if (_vertically)
                row.CopyTo(size.Row(result, size.Height - 1 - y));
            else
                Reverse(row, size.Row(result, y), size.Channels);
        }
    }

    private static void Reverse(ReadOnlySpan<float> row, Span<float> result, int channels)
    {
        for (int from = 0, to = row.Length - channels; to >= 0; from += channels, to -= channels)
            row.Slice(from, channels).CopyTo(result[to..]);
    }
}
