using static System.FormattableString;

namespace NetGen;

/// <summary>A source of images that are changed at random.</summary>
internal sealed class AugmentedSource : DerivedSource
{
    private readonly Augmentation[] _augmentations;
    private readonly ImageSize[] _sizes;
    private readonly ulong _seed;

    // The sizes are those of the images before the first augmentation and after each. There is memory for two images.
    private AugmentedSource(ISampleSource source, Augmentation[] augmentations, ImageSize[] sizes, ulong seed)
        : base(source, sizes[^1].Length, checked(2 * sizes.Max(size => size.Length)))
    {
        _augmentations = augmentations;
        _sizes = sizes;
        _seed = seed;
    }

    /// <summary>Checks the arguments and makes the source.</summary>
    public static AugmentedSource Create(ISampleSource source, ImageSize size, ulong seed, Augmentation[] augmentations)
    {
        long length = (long)size.Height * size.Width * size.Channels;
        if (length != source.InputLength)
        {
            throw new ArgumentException(Invariant(
                $"Images of {size.Height} × {size.Width} × {size.Channels} have {length} values, but the source's inputs have {source.InputLength}."));
        }
        if (augmentations.Length is 0 or > 255)
            throw new ArgumentException(Invariant($"There must be 1 to 255 augmentations, but got {augmentations.Length}."), nameof(augmentations));

        ImageSize[] sizes = [size, .. augmentations.Select(augmentation =>
        {
            ArgumentNullException.ThrowIfNull(augmentation, nameof(augmentations));
            return size = augmentation.Result(size);
        })];
        return new AugmentedSource(source, [.. augmentations], sizes, seed);
    }

    protected override void Derive(Span<float> scratch, Sample sample)
    {
        Span<float> image = scratch[..(scratch.Length / 2)];
        Span<float> other = scratch[image.Length..];
        for (int i = 0; i < _augmentations.Length; i++)
        {
            Span<float> result = i == _augmentations.Length - 1 ? sample.Input : other[.._sizes[i + 1].Length];
            if (sample.Epoch == 0)
            {
                _augmentations[i].ApplyOutsideTraining(image[.._sizes[i].Length], result, _sizes[i]);
            }
            else
            {
                SampleRandom random = new(_seed, i, sample.Index, sample.Epoch);
                _augmentations[i].Apply(image[.._sizes[i].Length], result, _sizes[i], ref random);
            }
            Span<float> old = image;
            image = other;
            other = old;
        }
    }
}
