namespace NetGen;

/// <summary>What a network minimises while it is trained.</summary>
public enum Loss
{
    /// <summary>
    /// Softmax cross-entropy, computed from the logits of a network that ends in <c>[Softmax]</c>: the mean over the
    /// batch of <c>-log p[label]</c>, as <c>torch.nn.CrossEntropyLoss</c>.
    /// </summary>
    CrossEntropy,

    /// <summary>
    /// Mean squared error over every output of every sample of the batch, as <c>torch.nn.MSELoss</c>.
    /// </summary>
    MeanSquaredError,
}
