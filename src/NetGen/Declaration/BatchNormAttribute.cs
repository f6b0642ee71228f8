namespace NetGen;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy 2015), on any shape: every channel, the last dimension, is brought to the mean <c>bias</c> and the
/// standard deviation <c>weight</c>, which are trained and begin at 0 and 1:
/// <c>y = (x - mean) / sqrt(variance + epsilon) * weight + bias</c>.
/// <para>
/// In training, mean and variance are those of the batch, over all samples and pixels, as in PyTorch. Each forward pass also moves
/// <c>running_mean</c> and <c>running_var</c> towards them, which begin at 0 and 1; prediction, with Monte-Carlo dropout too, uses these.
/// </para>
/// </summary>
/// <remarks>
/// A batch with one value a channel (one sample of flat features) has no variance: <c>Forward</c> throws an
/// <see cref="ArgumentException"/>. The outputs of a sample in training depend on the others in its batch.
/// <para>
/// With <see cref="LayerAttribute.Trainable"/> = false, training normalises with the running statistics, too, and changes neither them nor weight and
/// bias, as in Keras. (With PyTorch's <c>requires_grad = False</c>, training still normalises with the statistics of the batch.)
/// </para>
/// </remarks>
public sealed class BatchNormAttribute : LayerAttribute
{
    /// <summary>
    /// The share of the batch in the running statistics, from 0 to 1: <c>running = (1 - momentum) * running + momentum * batch</c>; 0.1 when not
    /// given. As in PyTorch; the momentum of Keras is 1 - this.
    /// </summary>
    public double Momentum { get; set; } = 0.1;

    /// <summary>What is added to the variance, so that nothing is divided by 0; positive, 1e-5 when not given, as in PyTorch.</summary>
    public double Epsilon { get; set; } = 1e-5;
}
