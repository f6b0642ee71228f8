namespace NetGen.CompilerServices;

/// <summary>The end of a training pass: labels or targets of a batch with their weights, and the outputs and losses that belong to them.</summary>
/// <param name="plan">The sizes of the network.</param>
/// <param name="batchSize">The largest number of samples in a batch.</param>
internal sealed class BatchLoss(TrainingPlan plan, int batchSize)
{
    private readonly LossFunction _function = LossFunction.Of(plan.Loss);
    private readonly SampleWeights _weights = new(batchSize);
    private readonly float[] _outputs = new float[checked(batchSize * plan.OutputLength)];
    private readonly float[] _losses = new float[batchSize];
    private readonly float[] _targets = new float[checked(batchSize * plan.OutputLength)];
    private readonly int[] _labels = LossFunction.Of(plan.Loss).Classifies ? new int[batchSize] : [];
    private bool _hasLabels;

    /// <summary>The outputs of the first samples.</summary>
    public ReadOnlySpan<float> Outputs(int samples) => _outputs.AsSpan(0, samples * plan.OutputLength);

    /// <summary>Takes the labels of a batch.</summary>
    /// <returns>The number of samples.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or a label or a weight is out of range; nothing is changed.</exception>
    /// <exception cref="InvalidOperationException">The network is no classifier.</exception>
    public int Set(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> sampleWeights)
    {
        if (!_function.Classifies)
        {
            throw new InvalidOperationException(
                $"{plan.Network} does not end in Softmax, so it is trained on float targets, but got class labels.");
        }

        int samples = BatchChecks.Samples(plan.Network, inputs, plan.InputLength, batchSize, labels, plan.OutputLength);
        PassChecks.SeveralValues(plan.Network, plan.LayerOfSingleValues, samples);
        _weights.Set(plan.Network, samples, sampleWeights);
        labels.CopyTo(_labels);
        _hasLabels = true;
        return samples;
    }

    /// <summary>Takes the targets of a batch.</summary>
    /// <returns>The number of samples.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or a target or a weight is out of range; nothing is changed.</exception>
    public int Set(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights)
    {
        int samples = BatchChecks.Samples(plan.Network, inputs, plan.InputLength, batchSize, targets, plan.OutputLength);
        PassChecks.SeveralValues(plan.Network, plan.LayerOfSingleValues, samples);
        _function.CheckTargets(plan.Network, targets, plan.OutputLength);
        _weights.Set(plan.Network, samples, sampleWeights);
        targets.CopyTo(_targets);
        _hasLabels = false;
        return samples;
    }

    /// <summary>Prepares forward passes without a loss, for Monte Carlo prediction.</summary>
    public void SetNothing() => _weights.Set(plan.Network, batchSize, default);

    /// <summary>The mean loss of the batch.</summary>
    public float Mean() => _weights.Mean(_losses);

    /// <summary>Outputs and losses of a shard.</summary>
    /// <param name="activations">The activations of its first sample.</param>
    /// <param name="begin">Its first sample.</param>
    /// <param name="end">The sample after its last one.</param>
    public void Forward(FloatRef activations, int begin, int end)
    {
        int length = plan.OutputLength;
        Span<float> outputs = _outputs.AsSpan(begin * length, (end - begin) * length);
        Span<float> losses = _losses.AsSpan(begin, end - begin);
        if (_hasLabels)
            _function.Forward(ref activations[plan.Output], plan.ActivationsLength, _labels.AsSpan(begin, losses.Length), outputs, losses);
        else
            _function.Forward(ref activations[plan.Output], plan.ActivationsLength, _targets.AsSpan(begin * length, outputs.Length), outputs, losses);
    }

    /// <summary>For a shard, the gradients of the mean loss with respect to the values before the head (before Softmax: the logits).</summary>
    /// <param name="activations">The activations of its first sample.</param>
    /// <param name="begin">Its first sample.</param>
    /// <param name="end">The sample after its last one.</param>
    public void Backward(FloatRef activations, int begin, int end)
    {
        int length = plan.OutputLength;
        ReadOnlySpan<float> outputs = _outputs.AsSpan(begin * length, (end - begin) * length);
        ref float gradients = ref activations[plan.OutputGradient];
        if (_hasLabels)
            _function.Backward(outputs, _labels.AsSpan(begin, end - begin), _weights, begin, ref gradients, plan.ActivationsLength);
        else
            _function.Backward(outputs, _targets.AsSpan(begin * length, outputs.Length), length, _weights, begin, ref gradients, plan.ActivationsLength);
    }
}
