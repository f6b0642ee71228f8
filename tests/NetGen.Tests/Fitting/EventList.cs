using static System.FormattableString;

namespace NetGen.Tests.Fitting;

/// <summary>Writes down the events of a training, and acts on steps.</summary>
internal sealed class EventList(List<string>? events = null, string name = "") : TrainingCallback
{
    public List<string> Events { get; } = events ?? [];

    public Action<TrainingContext>? OnStep { get; init; }

    public Action<TrainingContext>? OnEpoch { get; init; }

    public Action<string>? OnEvent { get; init; }

    public override void TrainingStarted(TrainingContext training) => Add("training");

    public override void EpochStarted(TrainingContext training) => Add(Invariant($"epoch {training.Epoch}"));

    public override void StepCompleted(TrainingContext training)
    {
        Add(Invariant($"step {training.Step}/{training.Steps} of {training.LastStep.Epoch}"));
        OnStep?.Invoke(training);
    }

    public override void EpochCompleted(TrainingContext training, EpochResult epoch)
    {
        Add(Invariant($"end of {epoch.Epoch}"));
        OnEpoch?.Invoke(training);
    }

    public override void TrainingEnded(TrainingContext training, Exception? error) => Add(error is null ? "ended" : $"ended by {error.GetType().Name}");

    private void Add(string text)
    {
        Events.Add(name + text);
        OnEvent?.Invoke(text);
    }
}
