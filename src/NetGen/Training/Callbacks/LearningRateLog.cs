namespace NetGen;

/// <summary>Keeps the learning rate of each step.</summary>
/// <remarks>A float for each step so far. The memory for an epoch is there when it begins; the steps allocate nothing.</remarks>
public sealed class LearningRateLog : TrainingCallback
{
    private float[] _rates = [];
    private int _count;

    /// <summary>The learning rates of the steps so far, in order; those before a checkpoint are not among them.</summary>
    public ReadOnlySpan<float> Rates => _rates.AsSpan(0, _count);

    /// <inheritdoc/>
    public override void TrainingStarted(TrainingContext training) => _count = 0;

    /// <inheritdoc/>
    public override void EpochStarted(TrainingContext training)
    {
        // The number of epochs may be far more than a callback will let happen.
        int needed = checked(_count + training.Steps);
        if (_rates.Length < needed)
            Array.Resize(ref _rates, (int)Math.Clamp(2L * _rates.Length, needed, Array.MaxLength));
    }

    /// <inheritdoc/>
    public override void StepCompleted(TrainingContext training) => _rates[_count++] = training.Optimizer.LearningRate;
}
