namespace NetGen;

/// <summary>
/// The logarithms of class probabilities, of flat features (the logits): <c>x[i] - log(sum(exp(x)))</c>, as <c>torch.nn.LogSoftmax</c>. It is the last layer,
/// and is trained with the cross-entropy, which is computed from the logits. Unlike the logarithm of a probability, the outputs are finite for all finite logits.
/// </summary>
public sealed class LogSoftmaxAttribute : LayerAttribute;
