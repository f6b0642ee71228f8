namespace NetGen;

/// <summary>
/// The same values in another shape, in the order in which they are stored: row by row, channels last, as Keras does. The new shape has as many
/// values as the input.
/// </summary>
/// <remarks>
/// PyTorch stores images channels first, so its <c>view</c> and <c>reshape</c> put the values in another order. In weight files, a <see cref="DenseAttribute"/>
/// behind this layer keeps the channels-last order, as after <c>permute(0, 2, 3, 1)</c> in PyTorch; behind <see cref="FlattenAttribute"/> it has
/// PyTorch's channels-first order.
/// </remarks>
public sealed class ReshapeAttribute : LayerAttribute
{
    /// <summary>Flat features.</summary>
    /// <param name="features">The number of features.</param>
    public ReshapeAttribute(int features) => Shape = [features];

    /// <summary>A sequence.</summary>
    /// <param name="length">The number of steps.</param>
    /// <param name="channels">The values of a step.</param>
    public ReshapeAttribute(int length, int channels) => Shape = [length, channels];

    /// <summary>An image.</summary>
    /// <param name="height">The number of rows.</param>
    /// <param name="width">The number of pixels in a row.</param>
    /// <param name="channels">The values of a pixel.</param>
    public ReshapeAttribute(int height, int width, int channels) => Shape = [height, width, channels];

    /// <summary>The new shape.</summary>
    public IReadOnlyList<int> Shape { get; }
}
