namespace NetGen.CompilerServices;

/// <summary>The end of a training pass: labels or targets of a batch with their weights, and the outputs and losses that belong to them.</summary>
internal sealed class BatchLoss
{
    private readonly TrainingPlan _plan;
    private readonly LossFunction _function;
    private readonly SampleWeights _weights;
    private readonly float[] _outputs;
    private readonly float[] _losses;
    private readonly float[] _targets;
    private readonly int[] _labels;
    private readonly int _classes;
    private readonly int _batchSize;

    // The values before the head, if the gradient is computed from them.
    private readonly float[] _values;
    private readonly float[] _labelWeights;
    private bool _hasLabels;

    /// <summary>Allocates the memory for batches.</summary>
    /// <param name="plan">The sizes of the network.</param>
    /// <param name="batchSize">The largest number of samples in a batch.</param>
    public BatchLoss(TrainingPlan plan, int batchSize)
    {
        _plan = plan;
        _batchSize = batchSize;
        _function = LossFunction.Of(plan.Loss, plan.LossSettings);
        _classes = _function.Classes(plan.OutputLength);
        _weights = new SampleWeights(batchSize);
        _outputs = new float[checked(batchSize * plan.OutputLength)];
        _losses = new float[batchSize];
        _targets = new float[_outputs.Length];
        _labels = _classes > 0 ? new int[batchSize] : [];
        _labelWeights = _function.WeighsLabels ? new float[batchSize] : [];
        _values = _function.GradientReadsValues ? new float[_outputs.Length] : [];
    }

    /// <summary>Bytes of the memory for batches.</summary>
    public static long Bytes(TrainingPlan plan, int batchSize)
    {
        LossFunction function = LossFunction.Of(plan.Loss, plan.LossSettings);
        int outputs = plan.OutputLength * (function.GradientReadsValues ? 3 : 2);
        int values = 2 + (function.Classes(plan.OutputLength) > 0 ? 1 : 0) + (function.WeighsLabels ? 1 : 0);
        return sizeof(float) * (long)batchSize * ((long)outputs + values);
    }

    /// <summary>The outputs of the first samples.</summary>
    public ReadOnlySpan<float> Outputs(int samples) => _outputs.AsSpan(0, samples * _plan.OutputLength);

    /// <summary>Takes the labels of a batch.</summary>
    /// <param name="inputs">The number of input values of all samples.</param>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="sampleWeights">The weight of each sample; empty if all have the same.</param>
    /// <returns>The number of samples.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or a label or a weight is out of range; nothing is changed.</exception>
    /// <exception cref="InvalidOperationException">The network is no classifier.</exception>
    public int Set(int inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> sampleWeights)
    {
        if (_classes == 0)
        {
            throw new InvalidOperationException(
                $"{_plan.Network} is trained on the loss {_plan.Loss}, so it takes float targets, but got class labels.");
        }

        int samples = BatchChecks.Samples(_plan.Network, inputs, _plan.InputLength, _batchSize, labels, _classes, _plan.LossSettings.IgnoreLabel);
        PassChecks.SeveralValues(_plan.Network, _plan.LayerOfSingleValues, samples);
        _weights.Set(_plan.Network, samples, sampleWeights);
        labels.CopyTo(_labels);
        _hasLabels = true;
        if (!_function.WeighsLabels)
            return samples;
        for (int i = 0; i < samples; i++)
            _labelWeights[i] = _function.LabelWeight(labels[i]);
        _weights.CountLabels(_labelWeights);
        return samples;
    }

    /// <summary>Takes the targets of a batch.</summary>
    /// <param name="inputs">The number of input values of all samples.</param>
    /// <param name="targets">The targets of each sample.</param>
    /// <param name="sampleWeights">The weight of each sample; empty if all have the same.</param>
    /// <returns>The number of samples.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or a target or a weight is out of range; nothing is changed.</exception>
    public int Set(int inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights)
    {
        int samples = BatchChecks.Samples(_plan.Network, inputs, _plan.InputLength, _batchSize, targets, _plan.OutputLength);
        PassChecks.SeveralValues(_plan.Network, _plan.LayerOfSingleValues, samples);
        _function.CheckTargets(_plan.Network, targets, _plan.OutputLength);
        _weights.Set(_plan.Network, samples, sampleWeights);
        targets.CopyTo(_targets);
        _hasLabels = false;
        return samples;
    }

    /// <summary>Prepares forward passes without a loss, for Monte Carlo prediction.</summary>
    public void SetNothing() => _weights.Set(_plan.Network, _batchSize, default);

    /// <summary>The mean loss of the batch.</summary>
    public float Mean() => _weights.Mean(_losses);

    /// <summary>Outputs and losses of a shard.</summary>
    /// <param name="activations">The activations of its first sample.</param>
    /// <param name="begin">Its first sample.</param>
    /// <param name="end">The sample after its last one.</param>
    public void Forward(FloatRef activations, int begin, int end)
    {
        int length = _plan.OutputLength;
        Span<float> outputs = _outputs.AsSpan(begin * length, (end - begin) * length);
        Span<float> losses = _losses.AsSpan(begin, end - begin);
        if (_function.GradientReadsValues)
            Rows.Gather(ref activations[_plan.Output], _plan.ActivationsLength, length, _values.AsSpan(begin * length, outputs.Length));
        if (_hasLabels)
            _function.Forward(ref activations[_plan.Output], _plan.ActivationsLength, _labels.AsSpan(begin, losses.Length), outputs, losses);
        else
            _function.Forward(ref activations[_plan.Output], _plan.ActivationsLength, _targets.AsSpan(begin * length, outputs.Length), outputs, losses);
    }

    /// <summary>For a shard, the gradients of the mean loss with respect to the values before the head (before Softmax: the logits).</summary>
    /// <param name="activations">The activations of its first sample.</param>
    /// <param name="begin">Its first sample.</param>
    /// <param name="end">The sample after its last one.</param>
    public void Backward(FloatRef activations, int begin, int end)
    {
        int length = _plan.OutputLength;
        ReadOnlySpan<float> outputs = (_function.GradientReadsValues ? _values : _outputs).AsSpan(begin * length, (end - begin) * length);
        ref float gradients = ref activations[_plan.OutputGradient];
        if (_hasLabels)
            _function.Backward(outputs, _labels.AsSpan(begin, end - begin), _weights, begin, ref gradients, _plan.ActivationsLength);
        else
            _function.Backward(outputs, _targets.AsSpan(begin * length, outputs.Length), length, _weights, begin, ref gradients, _plan.ActivationsLength);
    }
}
