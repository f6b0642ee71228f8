namespace NetGen.Benchmarks.Accuracy;

/// <summary>Notes the loss of the first step of a training.</summary>
internal sealed class FirstLoss : TrainingCallback
{
    /// <summary>The loss; NaN before the first step.</summary>
    public double Value { get; private set; } = double.NaN;

    public override void StepCompleted(TrainingContext training)
    {
        if (training.TotalSteps == 1)
            Value = training.LastStep.Loss;
    }
}
