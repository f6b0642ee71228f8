namespace NetGen;

/// <summary>Keeps the learning rate of each step.</summary>
/// <remarks>Its memory is allocated when training begins: a float for each step of all epochs.</remarks>
public sealed class LearningRateLog : TrainingCallback
{
    private float[] _rates = [];
    private int _count;

    /// <summary>The learning rates of the steps so far, in order; those before a checkpoint are not among them.</summary>
    public ReadOnlySpan<float> Rates => _rates.AsSpan(0, _count);

    /// <inheritdoc/>
    public override void TrainingStarted(TrainingContext training)
    {
        _rates = new float[checked(training.Epochs * training.Steps)];
        _count = 0;
    }

    /// <inheritdoc/>
    public override void StepCompleted(TrainingContext training) => _rates[_count++] = training.Optimizer.LearningRate;
}
