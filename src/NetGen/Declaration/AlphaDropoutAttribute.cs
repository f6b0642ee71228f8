namespace NetGen;

/// <summary>
/// Alpha dropout (Klambauer et al. 2017), on any shape, for networks with SELU: in training each value is set to -1.7581, the limit of SELU for large negative
/// inputs, with probability <c>rate</c>; then an affine map restores the mean 0 and the variance 1 that SELU keeps. As <c>torch.nn.AlphaDropout</c>.
/// Inference has no code for it.
/// </summary>
/// <param name="rate">The share of the values that is dropped, at least 0 and below 1. The paper uses 0.05 and 0.1.</param>
public sealed class AlphaDropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The share of the values that is dropped.</summary>
    public double Rate { get; } = rate;
}
