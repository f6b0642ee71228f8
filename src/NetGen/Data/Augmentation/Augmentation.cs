using static System.FormattableString;

namespace NetGen;

/// <summary>
/// A random change of images; <see cref="Augment"/> makes them, and <see cref="SampleSourceExtensions.Augment"/> applies them. A change of your own is
/// a function for <see cref="SampleSourceExtensions.Map(ISampleSource, SampleAction)"/>.
/// </summary>
public abstract class Augmentation
{
    private protected Augmentation()
    {
    }

    /// <summary>The size of the images that come out.</summary>
    /// <exception cref="ArgumentException">Images of this size cannot be changed so.</exception>
    internal virtual ImageSize Result(ImageSize size) => size;

    /// <summary>Changes an image at random.</summary>
    /// <param name="image">The image.</param>
    /// <param name="result">Takes every value of the result; other memory.</param>
    /// <param name="size">The size of the image.</param>
    /// <param name="random">Random numbers for this image and epoch.</param>
    internal abstract void Apply(ReadOnlySpan<float> image, Span<float> result, ImageSize size, ref SampleRandom random);

    /// <summary>What becomes of an image outside of training.</summary>
    /// <param name="image">The image.</param>
    /// <param name="result">Takes every value of the result; other memory.</param>
    /// <param name="size">The size of the image.</param>
    internal virtual void ApplyOutsideTraining(ReadOnlySpan<float> image, Span<float> result, ImageSize size) => image.CopyTo(result);

    private protected static ArgumentException Unfit(FormattableString fault) => new(Invariant(fault));

    private protected static void CheckFill(float fill)
    {
        if (!float.IsFinite(fill))
            throw new ArgumentOutOfRangeException(nameof(fill), Invariant($"The fill must be finite, but got {fill}."));
    }
}
