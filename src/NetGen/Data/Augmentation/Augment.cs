namespace NetGen;

/// <summary>
/// Random changes of images, for <see cref="SampleSourceExtensions.Augment"/>. Where a change needs pixels from outside of the image, all their channels
/// have the value <c>fill</c>: 0 unless given, which is black, or the mean of standardised inputs. For a network that takes bytes,
/// values are 0 to 255.
/// </summary>
public static class Augment
{
    /// <summary>Shifts by a whole number of pixels in each direction, each as likely: −<paramref name="pixels"/> to <paramref name="pixels"/>.</summary>
    /// <param name="pixels">The largest shift, at least 0.</param>
    /// <param name="fill">The value of what comes from outside, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static Augmentation Shift(int pixels, float fill = 0) => new ShiftAugmentation(pixels, pixels, fill);

    /// <summary>Shifts by a whole number of pixels in each direction, with limits for each of them.</summary>
    /// <param name="rows">The largest shift up or down, at least 0.</param>
    /// <param name="columns">The largest shift to the left or right, at least 0.</param>
    /// <param name="fill">The value of what comes from outside, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static Augmentation Shift(int rows, int columns, float fill = 0) => new ShiftAugmentation(rows, columns, fill);

    /// <summary>
    /// Rotates about the middle of the image, by an angle that is uniform in [−<paramref name="degrees"/>, <paramref name="degrees"/>). Pixels are
    /// interpolated bilinearly, at the border with the fill.
    /// </summary>
    /// <param name="degrees">The largest angle, 0 to 180.</param>
    /// <param name="fill">The value of what comes from outside, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static Augmentation Rotate(double degrees, float fill = 0) => new RotateAugmentation(degrees, fill);

    /// <summary>Exchanges left and right.</summary>
    /// <param name="probability">How likely that is, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is out of range.</exception>
    public static Augmentation FlipHorizontally(double probability = 0.5) => new FlipAugmentation(probability, vertically: false);

    /// <summary>Exchanges top and bottom.</summary>
    /// <param name="probability">How likely that is, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is out of range.</exception>
    public static Augmentation FlipVertically(double probability = 0.5) => new FlipAugmentation(probability, vertically: true);

    /// <summary>
    /// Cuts out a part at a place of the image that is random, each place as likely (torchvision's <c>RandomCrop</c>). Outside of training it cuts out
    /// the middle (<c>CenterCrop</c>); of two middles, the one nearer to the top or left.
    /// </summary>
    /// <param name="height">Rows of the part, at least 1.</param>
    /// <param name="width">Columns of the part, at least 1.</param>
    /// <param name="padding">How many pixels of fill the image gets on each side before, at least 0.</param>
    /// <param name="fill">The value of the padding, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static Augmentation Crop(int height, int width, int padding = 0, float fill = 0) => new CropAugmentation(height, width, padding, fill);

    /// <summary>Adds to each value a normally distributed number with mean 0.</summary>
    /// <param name="deviation">The standard deviation, finite, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is out of range.</exception>
    public static Augmentation Noise(double deviation) => new NoiseAugmentation(deviation);

    /// <summary>
    /// Replaces a square by the fill (DeVries and Taylor 2017, arXiv:1708.04552). Its middle is any pixel, each as likely, so a part of it may lie
    /// outside of the image.
    /// </summary>
    /// <param name="size">Rows and columns of the square, at least 1.</param>
    /// <param name="fill">The value of the square, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static Augmentation Cutout(int size, float fill = 0) => new CutoutAugmentation(size, fill);
}
