using static System.FormattableString;

namespace NetGen;

/// <summary>Adds normally distributed numbers.</summary>
internal sealed class NoiseAugmentation : Augmentation
{
    private readonly double _deviation;

    public NoiseAugmentation(double deviation)
    {
        if (!(deviation >= 0 && float.IsFinite((float)deviation)))
            throw new ArgumentOutOfRangeException(nameof(deviation), Invariant($"The deviation must be finite and at least 0, but got {deviation}."));
        _deviation = deviation;
    }

    internal override void Apply(ReadOnlySpan<float> image, Span<float> result, ImageSize size, ref SampleRandom random)
    {
        random.Normal(result, _deviation);
        for (int i = 0; i < result.Length; i++)
            result[i] += image[i];
    }
}
