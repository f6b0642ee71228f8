namespace NetGen;

/// <summary>
/// Brings each channel (the last dimension) to mean 0 and variance 1, on any shape: <c>(x - mean) / max(sqrt(variance), 1e-7)</c>, as Keras'
/// <c>Normalization</c>. Mean and variance begin at 0 and 1. <see cref="AdaptExtensions.Adapt"/> takes those of the network's first layer from data before
/// training. In a layer behind others they come from a file of weights, or from your code, which writes them as parameters.
/// </summary>
/// <remarks>Both are statistics: saved with the weights as <c>normalization1.mean</c> and <c>normalization1.variance</c>, and changed by no training.</remarks>
public sealed class NormalizationAttribute : LayerAttribute;
