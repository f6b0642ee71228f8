namespace NetGen;

/// <summary>
/// Gaussian dropout (Srivastava et al. 2014), on any shape: in training each value is multiplied by a random number from the normal distribution with mean 1 and
/// variance <c>rate / (1 - rate)</c>, the mean and variance of the factors of <see cref="DropoutAttribute"/> with this rate. As Keras' <c>GaussianDropout</c>.
/// Inference has no code for it.
/// </summary>
/// <param name="rate">The rate of the dropout with the same variance, at least 0 and below 1: at 0.5 the standard deviation is 1.</param>
public sealed class GaussianDropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The rate of the dropout with the same variance.</summary>
    public double Rate { get; } = rate;
}
