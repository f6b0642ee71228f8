namespace NetGen;

/// <summary>
/// Gives the shape of one sample, channels last. A network has exactly one, before its layers.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class InputAttribute : Attribute
{
    /// <summary>A sample of flat features.</summary>
    /// <param name="features">The number of values of a sample, at least 1.</param>
    public InputAttribute(int features) => Shape = [features];

    /// <summary>A sequence, stored as <c>(length, channels)</c>.</summary>
    /// <param name="length">The number of steps, at least 1.</param>
    /// <param name="channels">The number of values of a step, at least 1.</param>
    public InputAttribute(int length, int channels) => Shape = [length, channels];

    /// <summary>An image, stored as <c>(height, width, channels)</c>.</summary>
    /// <param name="height">The number of rows of pixels, at least 1.</param>
    /// <param name="width">The number of pixels in a row, at least 1.</param>
    /// <param name="channels">The number of values of a pixel, at least 1: 1 for grey, 3 for colour.</param>
    public InputAttribute(int height, int width, int channels) => Shape = [height, width, channels];

    /// <summary>The dimensions of one sample, the slowest first.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>
    /// In which form a sample comes; floats when it is not given. With <see cref="InputType.UInt8"/> prediction and training also take bytes, and a
    /// <see cref="Dataset"/> of bytes gives them as they are, 0 to 255, whatever its scale; <c>[Rescale(1 / 255.0)]</c> as the first layer brings them to the
    /// range from 0 to 1.
    /// </summary>
    public InputType Type { get; set; }
}
