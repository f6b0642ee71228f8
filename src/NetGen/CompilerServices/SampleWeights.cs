using System.ComponentModel;

using static System.FormattableString;

namespace NetGen.CompilerServices;

/// <summary>
/// How much each sample of a batch counts in the mean loss: the weighted sum of the losses is divided by the sum of the
/// weights, as PyTorch's cross-entropy does with class weights.
/// </summary>
/// <param name="capacity">The largest number of samples in a batch.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SampleWeights(int capacity)
{
    private readonly float[] _weights = new float[capacity];
    private int _samples;
    private bool _isUniform;
    private double _sum;

    /// <summary>Takes the weights of a batch.</summary>
    /// <param name="network">The network's name, for the message.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="sampleWeights">A weight for each; empty when all count the same.</param>
    /// <exception cref="ArgumentException">
    /// The length is wrong, a weight is negative or not finite, or all are 0; the weights before are kept.
    /// </exception>
    public void Set(string network, int samples, ReadOnlySpan<float> sampleWeights)
    {
        double sum = sampleWeights.IsEmpty ? samples : Sum(network, samples, sampleWeights);
        sampleWeights.CopyTo(_weights);
        _isUniform = sampleWeights.IsEmpty;
        _samples = samples;
        _sum = sum;
    }

    /// <summary>
    /// Makes the weights of the labels count in the divisor of the mean, after <see cref="Set"/>; the losses have them already. If the divisor becomes 0,
    /// the mean loss and all gradients are 0.
    /// </summary>
    /// <param name="labelWeights">The weight of each sample's label.</param>
    internal void CountLabels(ReadOnlySpan<float> labelWeights)
    {
        _sum = 0;
        for (int sample = 0; sample < _samples; sample++)
            _sum += (double)labelWeights[sample] * (_isUniform ? 1 : _weights[sample]);
    }

    /// <summary>The derivative of the mean loss with respect to the loss of a sample.</summary>
    /// <param name="sample">Which sample.</param>
    public float Scale(int sample) => _sum == 0 ? 0 : (float)((_isUniform ? 1 : _weights[sample]) / _sum);

    /// <summary>
    /// The weighted mean, summed in double precision in the order of the samples. A loss that is NaN makes the mean NaN even if its weight
    /// is 0. Where the divisor is 0 (see <see cref="CountLabels"/>) the mean is 0 whatever the losses are.
    /// </summary>
    /// <param name="losses">The loss of each sample, at least as many as there are samples.</param>
    public float Mean(ReadOnlySpan<float> losses)
    {
        double sum = 0;
        for (int sample = 0; sample < _samples; sample++)
            sum += _isUniform ? losses[sample] : (double)_weights[sample] * losses[sample];
        return _sum == 0 ? 0 : (float)(sum / _sum);
    }

    private static double Sum(string network, int samples, ReadOnlySpan<float> sampleWeights)
    {
        if (sampleWeights.Length != samples)
        {
            throw new ArgumentException(
                Invariant($"{network} wants one weight for each of {samples} samples, but got {sampleWeights.Length}."), nameof(sampleWeights));
        }

        double sum = 0;
        for (int sample = 0; sample < samples; sample++)
        {
            float weight = sampleWeights[sample];
            if (!(weight >= 0 && float.IsFinite(weight)))
            {
                throw new ArgumentException(
                    Invariant($"Weights must be finite and not negative, but the weight of sample {sample} is {weight}."), nameof(sampleWeights));
            }

            sum += weight;
        }

        if (sum == 0)
            throw new ArgumentException(Invariant($"All {samples} sample weights are 0, so there is no mean loss."), nameof(sampleWeights));
        return sum;
    }
}
