namespace NetGen.Tests.Training;

/// <summary>Writes down what training tells, and acts on steps.</summary>
internal sealed class Recorder(Action<StepResult>? onStep = null) : TrainingProgress
{
    public List<string> Events { get; } = [];

    public override void EpochStarted(int epoch, int epochs, int steps) => Events.Add($"start {epoch}/{epochs}, {steps} steps");

    public override void StepCompleted(in StepResult step)
    {
        Events.Add($"step {step.Step}/{step.Steps} of {step.Epoch}");
        onStep?.Invoke(step);
    }

    public override void EpochCompleted(EpochResult epoch) => Events.Add($"end {epoch.Epoch}");

    public override void Warned(TrainingWarning warning) => Events.Add($"warned of {warning.Kind}");

    public override void Stopped() => Events.Add("stopped");
}
