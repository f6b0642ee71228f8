namespace NetGen;

/// <summary>
/// Brings each channel (the last dimension) to mean 0 and variance 1, on any shape: <c>(x - mean) / max(sqrt(variance), 1e-7)</c>, as Keras'
/// <c>Normalization</c>. <see cref="AdaptExtensions.Adapt"/> takes mean and variance from data before training; they begin at 0 and 1.
/// </summary>
/// <remarks>Both are statistics: saved with the weights as <c>normalization1.mean</c> and <c>normalization1.variance</c>, and changed by no training.</remarks>
public sealed class NormalizationAttribute : LayerAttribute;
