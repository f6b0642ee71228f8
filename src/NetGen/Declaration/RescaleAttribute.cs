namespace NetGen;

/// <summary>
/// Brings values to another range, on any shape: <c>x·scale + offset</c>, as Keras' <c>Rescaling</c>. As the first layer it takes no pass of its own: the
/// input is rescaled where it is copied.
/// </summary>
/// <param name="scale">The factor, finite and not 0: <c>1 / 255.0</c> brings bytes to the range from 0 to 1.</param>
/// <param name="offset">What is added to the product, finite.</param>
public sealed class RescaleAttribute(double scale, double offset = 0) : LayerAttribute
{
    /// <summary>The factor.</summary>
    public double Scale { get; } = scale;

    /// <summary>What is added to the product.</summary>
    public double Offset { get; } = offset;
}
