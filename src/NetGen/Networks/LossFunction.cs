using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// A loss and its head, the function that computes the outputs: softmax for the cross-entropy, sigmoid for the binary cross-entropy, the identity
/// for the others. It does not change; its settings are those of the network.
/// </summary>
internal abstract class LossFunction
{
    /// <summary>The loss of a network.</summary>
    public static LossFunction Of(NetworkSummary network) => Of(network.Loss, network.LossSettings);

    /// <summary>The loss of that name.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="settings">Its settings.</param>
    public static LossFunction Of(Loss loss, LossSettings settings) => loss switch
    {
        Loss.CrossEntropy when settings == LossSettings.Default => CrossEntropyFunction.Instance,
        Loss.CrossEntropy => new AdjustedCrossEntropyFunction(settings),
        Loss.MeanSquaredError => new ErrorLossFunction<SquaredError>(default),
        Loss.BinaryCrossEntropy => BinaryCrossEntropyFunction.Instance,
        Loss.MeanAbsoluteError => new ErrorLossFunction<AbsoluteError>(default),
        Loss.Huber => new ErrorLossFunction<HuberError>(new HuberError((float)settings.Delta)),
        _ => throw new InvalidOperationException($"No function is known for the loss {loss}."),
    };

    /// <summary>Whether the gradient is computed from the values before the head instead of the outputs, which would have lost digits.</summary>
    public virtual bool GradientReadsValues => false;

    /// <summary>Whether samples count by their labels: <see cref="LabelWeight"/> is not 1 for all.</summary>
    public virtual bool WeighsLabels => false;

    /// <summary>How many classes a sample may belong to; 0 if it has no class. With classes there are labels and an accuracy.</summary>
    /// <param name="outputs">The number of outputs of a sample.</param>
    public abstract int Classes(int outputs);

    /// <summary>How much the loss of a sample with this label counts in the divisor of the mean loss; 0 if the label is ignored.</summary>
    public virtual float LabelWeight(int label) => 1;

    /// <summary>Whether samples with this label do not count at all. The label may be outside the range of the classes.</summary>
    public virtual bool Ignores(int label) => false;

    /// <summary>Computes the values before the head (before Softmax: the logits) for a batch. The loss is computed from them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">The samples.</param>
    /// <param name="values">Where the values go.</param>
    /// <param name="threads">How many threads at most share the batch.</param>
    public abstract void Predict(INetwork network, ReadOnlySpan<float> inputs, Span<float> values, int threads);

    /// <summary>The loss of a sample that has a label.</summary>
    /// <param name="values">The values before the head.</param>
    /// <param name="label">The class.</param>
    /// <param name="outputs">Where the outputs go; as long as <paramref name="values"/>.</param>
    public abstract float Of(ReadOnlySpan<float> values, int label, Span<float> outputs);

    /// <summary>The loss of a sample that has targets.</summary>
    /// <param name="values">The values before the head.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="outputs">Where the outputs go; as long as <paramref name="values"/>.</param>
    public abstract float Of(ReadOnlySpan<float> values, ReadOnlySpan<float> targets, Span<float> outputs);

    /// <summary>The head: the outputs of some samples.</summary>
    /// <param name="values">The values before the head of the first sample.</param>
    /// <param name="stride">Floats from the values of one sample to those of the next one.</param>
    /// <param name="length">The number of outputs of a sample.</param>
    /// <param name="outputs">Where the outputs go, sample after sample.</param>
    public abstract void Outputs(ref float values, int stride, int length, Span<float> outputs);

    /// <summary>The head in place: makes outputs of the values before the head.</summary>
    /// <param name="length">The number of outputs of a sample.</param>
    /// <param name="values">The values of some samples, one after the other.</param>
    public abstract void ApplyHead(int length, Span<float> values);

    /// <summary>The outputs and the losses of some samples that have labels.</summary>
    /// <param name="values">The values before the head of the first sample.</param>
    /// <param name="stride">Floats from the values of one sample to those of the next one.</param>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="outputs">Where the outputs go, sample after sample.</param>
    /// <param name="losses">Where the loss of each sample goes.</param>
    public abstract void Forward(ref float values, int stride, ReadOnlySpan<int> labels, Span<float> outputs, Span<float> losses);

    /// <summary>The outputs and the losses of some samples that have targets.</summary>
    /// <param name="values">The values before the head of the first sample.</param>
    /// <param name="stride">Floats from the values of one sample to those of the next one.</param>
    /// <param name="targets">The targets, sample after sample.</param>
    /// <param name="outputs">Where the outputs go, sample after sample.</param>
    /// <param name="losses">Where the loss of each sample goes.</param>
    public abstract void Forward(ref float values, int stride, ReadOnlySpan<float> targets, Span<float> outputs, Span<float> losses);

    /// <summary>The gradients of the mean loss with respect to the values before the head, for some samples that have labels.</summary>
    /// <param name="outputs">The outputs, sample after sample; the values before the head where <see cref="GradientReadsValues"/>.</param>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="weights">The weights of the samples of the batch.</param>
    /// <param name="begin">The position of the first of these samples in the batch.</param>
    /// <param name="gradients">Where the gradient of the first sample goes.</param>
    /// <param name="stride">Floats from the gradient of one sample to that of the next one.</param>
    public abstract void Backward(
        ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels, SampleWeights weights, int begin, ref float gradients, int stride);

    /// <summary>The gradients of the mean loss with respect to the values before the head, for some samples that have targets.</summary>
    /// <param name="outputs">The outputs, sample after sample; the values before the head where <see cref="GradientReadsValues"/>.</param>
    /// <param name="targets">The targets, sample after sample.</param>
    /// <param name="length">The number of outputs of a sample.</param>
    /// <param name="weights">The weights of the samples of the batch.</param>
    /// <param name="begin">The position of the first of these samples in the batch.</param>
    /// <param name="gradients">Where the gradient of the first sample goes.</param>
    /// <param name="stride">Floats from the gradient of one sample to that of the next one.</param>
    public abstract void Backward(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int length, SampleWeights weights, int begin, ref float gradients, int stride);

    /// <summary>Checks the targets of a batch.</summary>
    /// <param name="network">The network's name, for the message.</param>
    /// <param name="targets">The targets of all samples.</param>
    /// <param name="outputs">The number of outputs of a sample.</param>
    /// <exception cref="ArgumentException">The targets of a sample are not valid for this loss.</exception>
    public void CheckTargets(string network, ReadOnlySpan<float> targets, int outputs)
    {
        for (int sample = 0; !targets.IsEmpty; sample++)
        {
            if (TargetFault(network, targets[..outputs], sample) is { } fault)
                throw new ArgumentException(fault, nameof(targets));
            targets = targets[outputs..];
        }
    }

    /// <summary>About the mean loss of a network whose values before the head are all 0, over samples with these targets.</summary>
    /// <param name="outputs">The number of outputs of a sample.</param>
    /// <param name="targets">The targets of all samples; empty where they have labels.</param>
    public abstract double OfZeros(int outputs, ReadOnlySpan<float> targets);

    /// <summary>A message that says what is wrong with the targets of a sample; null if they are valid.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="sample">The position of the sample, for the message.</param>
    public abstract string? TargetFault(string network, ReadOnlySpan<float> targets, int sample);
}
