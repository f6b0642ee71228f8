namespace NetGen;

/// <summary>
/// Turns the logits of a classifier into probabilities, on flat features and as the last layer. In training it is fused with
/// the cross-entropy, which is computed from the logits.
/// </summary>
public sealed class SoftmaxAttribute : LayerAttribute;
