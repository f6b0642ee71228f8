namespace NetGen;

/// <summary>
/// States the loss that the network is trained with. Without it the last layer decides: <see cref="Loss.CrossEntropy"/>
/// after <c>[Softmax]</c> or <c>[LogSoftmax]</c>, <see cref="Loss.BinaryCrossEntropy"/> after <c>[Sigmoid]</c>, and
/// otherwise <see cref="Loss.MeanSquaredError"/>.
/// </summary>
/// <param name="loss">What training minimises.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LossAttribute(Loss loss) : Attribute
{
    /// <summary>The loss.</summary>
    public Loss Loss { get; } = loss;

    /// <summary>For <see cref="Loss.Huber"/>: the largest error that counts with its square, above 0. The default is 1, as in PyTorch and Keras.</summary>
    public double Delta { get; set; } = 1;

    /// <summary>
    /// For <see cref="Loss.CrossEntropy"/>: the share ε of the target that is spread evenly over all classes, at least 0 and below 1 (Szegedy et al. 2016). The
    /// target of a class becomes <c>(1 - ε)·target + ε / classes</c>, as in PyTorch and Keras.
    /// </summary>
    public double LabelSmoothing { get; set; }

    /// <summary>
    /// For <see cref="Loss.CrossEntropy"/>: samples with this label do not count in the loss, in its mean, or in metrics, as <c>ignore_index</c> of PyTorch.
    /// It may be outside the range of the classes, but a <see cref="Dataset"/> holds only labels from 0 to its own number of classes minus 1: for 255, give it
    /// 256 classes. Without it all samples count. If no sample of a batch counts, the loss and all gradients are 0; PyTorch gives NaN.
    /// </summary>
    public int IgnoreLabel { get; set; } = int.MinValue;

    /// <summary>
    /// For <see cref="Loss.CrossEntropy"/>: a weight for each class, finite, not negative, not all 0, as <c>weight</c> of PyTorch. The loss of samples with labels is the sum of
    /// the weighted losses divided by the sum of the weights of their classes. With class probabilities as targets, the terms of the classes are weighted, and the sum is
    /// divided by the number of samples.
    /// </summary>
    public double[] ClassWeights { get; set; } = [];
}
