namespace NetGen;

/// <summary>
/// The logistic sigmoid, on any shape: <c>1 / (1 + e⁻ˣ)</c>, off by at most 2.2 ulp. Its derivative is at most 1/4, so gradients shrink in a stack of
/// such layers; NaN passes through. As the last layer it gives probabilities, and the loss is <see cref="Loss.BinaryCrossEntropy"/>, computed from its inputs (the
/// logits), unless <see cref="LossAttribute"/> declares that of a regression.
/// </summary>
public sealed class SigmoidAttribute : LayerAttribute;
