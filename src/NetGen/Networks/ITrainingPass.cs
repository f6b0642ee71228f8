using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Forward and backward computation of one network with dropout active; owns the activations and the gradients. One thread
/// at a time may use a pass. Its outputs are those of a network with dropped units: to predict, use
/// <see cref="INetwork.Predict(ReadOnlySpan{float}, Span{float})"/>.
/// </summary>
[TrainingPass]
public interface ITrainingPass
{
    /// <summary>The network that is trained.</summary>
    INetwork Network { get; }

    /// <summary>
    /// How many steps were done: the number that the pass began with, and one more for every forward computation. With the
    /// seed it decides what dropout drops.
    /// </summary>
    long Step { get; }

    /// <summary>How many threads at most share a batch.</summary>
    int Threads { get; }

    /// <summary>The largest batch this pass was made for, in samples.</summary>
    [NetworkMember(NetworkMemberRole.BatchSize)]
    int BatchSize { get; }

    /// <summary>
    /// Runs a batch through a classifier, or a network that ends in a Sigmoid with one output, and returns the mean loss over its samples.
    /// </summary>
    /// <param name="inputs">One sample after the other, from 1 to <see cref="BatchSize"/> of them.</param>
    /// <param name="labels">The class of every sample, from 0 to the number of outputs less one; 0 or 1 for a Sigmoid. The label that the loss ignores may be any number.</param>
    /// <param name="sampleWeights">
    /// The weight of each sample: finite, not negative, not all 0. The loss is then the sum of the weighted losses divided
    /// by the sum of the weights. Empty: all samples have the same weight.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A length does not fit, a label is no class of the network, or a weight is out of range.
    /// </exception>
    /// <exception cref="InvalidOperationException">The network is no classifier.</exception>
    [NetworkMember(NetworkMemberRole.Forward)]
    float Forward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> sampleWeights = default);

    /// <summary>Runs a batch through the network and returns the mean loss.</summary>
    /// <param name="inputs">One sample after the other, from 1 to <see cref="BatchSize"/> of them.</param>
    /// <param name="targets">The targets of every sample: values for a regression, class
    /// probabilities for <see cref="Loss.CrossEntropy"/>, and a probability for each output for <see cref="Loss.BinaryCrossEntropy"/>.</param>
    /// <param name="sampleWeights">
    /// The weight of each sample: finite, not negative, not all 0. The loss is then the sum of the weighted losses divided
    /// by the sum of the weights. Empty: all samples have the same weight.
    /// </param>
    /// <exception cref="ArgumentException">A length does not fit, or a weight is out of range.</exception>
    [NetworkMember(NetworkMemberRole.Forward)]
    float Forward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights = default);

    /// <summary>The outputs of the last forward computation, sample by sample; class probabilities for a classifier.</summary>
    [NetworkMember(NetworkMemberRole.Outputs)]
    ReadOnlySpan<float> Outputs { get; }

    /// <summary>
    /// Overwrites <see cref="Gradients"/> with the derivatives of the mean loss that the last forward computation
    /// returned; once for each forward computation.
    /// </summary>
    /// <exception cref="InvalidOperationException">There was no forward computation since the last call, or the parameters were written since.</exception>
    [NetworkMember(NetworkMemberRole.Backward)]
    void Backward();

    /// <summary>
    /// The derivative of the loss with respect to every trained parameter: <see cref="ParameterTable.TrainedCount"/> floats, in the order
    /// of <see cref="INetwork.Parameters"/>, where the trained parameters come first. You may change them in place, for example clip
    /// them, before the optimizer reads them.
    /// </summary>
    /// <remarks>
    /// In a network with a trained dense layer of 262,144 weights or more, the optimizer's step computes the gradients of larger weights part by part and updates the weights with each part at once, without storing
    /// these gradients. From the first reading of this property on, each <see cref="Backward"/> stores all gradients, which takes a little longer. A step that limits their norm reads it, too, and so does adding up
    /// the gradients of several batches. The numbers are the same.
    /// </remarks>
    /// <exception cref="InvalidOperationException">
    /// This is the first reading, and it comes too late: the optimizer's step has used the gradients without storing them, and another forward computation has begun.
    /// </exception>
    Span<float> Gradients { get; }

    /// <summary>Computes the derivative of the loss with respect to every input of the last batch.</summary>
    /// <param name="destination">As many floats as the inputs of the last batch.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    /// <exception cref="InvalidOperationException">
    /// There was no forward computation, or the parameters were written since.
    /// </exception>
    [NetworkMember(NetworkMemberRole.InputGradients)]
    void InputGradients(Span<float> destination);
}
