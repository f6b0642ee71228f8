namespace NetGen;

/// <summary>
/// Layer normalisation (Ba et al. 2016), on any shape: the channels of every position, the last dimension, are brought to mean 0 and standard
/// deviation 1, each position for itself; then each channel is multiplied with its <c>weight</c>, and its <c>bias</c> is added, which are trained and
/// begin at 1 and 0: <c>y = (x - mean) / sqrt(variance + epsilon) * weight + bias</c>. The variance is the biased one. As PyTorch's
/// <c>LayerNorm</c> with the last dimension as <c>normalized_shape</c>, on channels-last values.
/// </summary>
/// <remarks>A sample's outputs do not depend on the others in its batch, and training computes the same as prediction.</remarks>
public sealed class LayerNormAttribute : LayerAttribute
{
    /// <summary>What is added to the variance, so that nothing is divided by 0; positive, 1e-5 when not given, as in PyTorch.</summary>
    public double Epsilon { get; set; } = 1e-5;
}
