namespace NetGen;

/// <summary>What a network minimises while it is trained.</summary>
public enum Loss
{
    /// <summary>
    /// Cross-entropy, computed from the logits of a network that ends in <c>[Softmax]</c> or <c>[LogSoftmax]</c>: the mean over the
    /// batch of <c>-log p[label]</c>, as <c>torch.nn.CrossEntropyLoss</c>.
    /// </summary>
    CrossEntropy,

    /// <summary>
    /// Mean squared error over every output of every sample of the batch, as <c>torch.nn.MSELoss</c>.
    /// </summary>
    MeanSquaredError,

    /// <summary>
    /// Binary cross-entropy, computed from the logits of a network that ends in <c>[Sigmoid]</c>: the mean over every output of every sample
    /// of <c>-t·log p - (1 - t)·log(1 - p)</c>, as <c>torch.nn.BCEWithLogitsLoss</c>. One output is a binary classifier, several
    /// outputs are several yes-or-no questions about a sample (multi-label).
    /// </summary>
    BinaryCrossEntropy,

    /// <summary>
    /// Mean absolute error over every output of every sample of the batch, as <c>torch.nn.L1Loss</c>.
    /// </summary>
    MeanAbsoluteError,

    /// <summary>
    /// The loss of Huber (1964): <c>0.5·e²</c> for errors up to <see cref="LossAttribute.Delta"/>, and <c>delta·(|e| - 0.5·delta)</c> for larger ones;
    /// the mean over every output of every sample of the batch, as <c>torch.nn.HuberLoss</c>.
    /// </summary>
    Huber,
}
