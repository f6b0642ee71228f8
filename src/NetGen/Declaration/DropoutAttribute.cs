namespace NetGen;

/// <summary>
/// Inverted dropout (Srivastava et al. 2014), on any shape: in training each value is set to 0 with probability
/// <c>rate</c> and scaled by <c>1 / (1 - rate)</c> otherwise. Inference has no code for it.
/// </summary>
/// <param name="rate">
/// The share of the values that is dropped (not the share that is kept), at least 0 and below 1: 0.5 drops one in two.
/// </param>
public sealed class DropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The share of the values that is dropped.</summary>
    public double Rate { get; } = rate;
}
