namespace NetGen;

/// <summary>
/// The leaky rectifier (Maas et al. 2013), on any shape: <c>x</c> where <c>x &gt; 0</c>, otherwise <c>slope·x</c>. Its derivative is 1
/// where <c>x &gt; 0</c>, otherwise <c>slope</c>, at 0 too, as in PyTorch; NaN passes through.
/// </summary>
/// <param name="slope">
/// The slope for negative values, at least 0 and below 1. It is always given, because defaults differ: PyTorch's is 0.01, that of Keras 0.3.
/// </param>
public sealed class LeakyReLUAttribute(double slope) : LayerAttribute
{
    /// <summary>The slope for negative values.</summary>
    public double Slope { get; } = slope;
}
