using System.Text.Json.Nodes;

namespace NetGen;

/// <summary>The state of a training as a checkpoint has it, apart from the values of parameters.</summary>
internal sealed record SavedTraining
{
    /// <summary>The settings that must be the same when training resumes.</summary>
    public required JsonObject Settings { get; init; }

    /// <summary>The present epoch, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>How many of its steps are done.</summary>
    public required int Step { get; init; }

    /// <summary>How many forward computations were done, on which the dropout masks depend.</summary>
    public required long PassStep { get; init; }

    /// <summary>How long the present epoch has taken.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>How many steps the optimizer has done.</summary>
    public required long OptimizerSteps { get; init; }

    /// <summary>Its learning rate.</summary>
    public required float LearningRate { get; init; }

    /// <summary>How many batches' gradients wait for a step of the optimizer.</summary>
    public required int Accumulated { get; init; }

    /// <summary>The sum of the weights of their samples.</summary>
    public required double AccumulatedWeight { get; init; }

    /// <summary>How many batches were left out.</summary>
    public required int SkippedBatches { get; init; }

    /// <summary>The sums over the samples of the present epoch.</summary>
    public required JsonObject Sums { get; init; }

    /// <summary>What the watch for warnings has seen.</summary>
    public required JsonObject Watch { get; init; }

    /// <summary>The epochs that are complete.</summary>
    public required IReadOnlyList<EpochResult> Epochs { get; init; }

    /// <summary>The warnings.</summary>
    public required IReadOnlyList<TrainingWarning> Warnings { get; init; }

    /// <summary>For each callback its values, and the names of its copies of the parameters.</summary>
    public required JsonObject Callbacks { get; init; }

    /// <summary>Reads the state.</summary>
    /// <exception cref="InvalidDataException">Something is missing or out of range.</exception>
    public static SavedTraining Parse(JsonObject json)
    {
        var values = new CheckpointValues("the training", json);
        var saved = new SavedTraining
        {
            Settings = Object(json, "settings"),
            Epoch = values.GetInt32("epoch", least: 1),
            Step = values.GetInt32("step", least: 0),
            PassStep = values.GetInteger("pass_step", least: 0),
            Elapsed = new TimeSpan(values.GetInteger("elapsed_ticks", least: 0)),
            OptimizerSteps = values.GetInteger("optimizer_steps", least: 0),
            LearningRate = (float)values.GetNumber("learning_rate"),
            Accumulated = values.GetInt32("accumulated", least: 0),
            AccumulatedWeight = values.GetNumber("accumulated_weight"),
            SkippedBatches = values.GetInt32("skipped_batches", least: 0),
            Sums = Object(json, "sums"),
            Watch = Object(json, "watch"),
            Epochs = [.. Array(json, "epochs").Select(epoch => HistoryJson.Epoch(AsObject(epoch, "epochs")))],
            Warnings = [.. Array(json, "warnings").Select(warning => HistoryJson.Warning(AsObject(warning, "warnings")))],
            Callbacks = Object(json, "callbacks"),
        };
        if (saved.Epoch != saved.Epochs.Count + 1)
            throw new InvalidDataException(FormattableString.Invariant($"it is in epoch {saved.Epoch}, but has {saved.Epochs.Count} complete epochs"));
        if (!(saved.LearningRate >= 0 && float.IsFinite(saved.LearningRate)))
            throw new InvalidDataException(FormattableString.Invariant($"the learning rate is {saved.LearningRate}"));
        if (saved.Accumulated > 0 && !(saved.AccumulatedWeight > 0 && double.IsFinite(saved.AccumulatedWeight)))
            throw new InvalidDataException(FormattableString.Invariant($"the weight of the gradients that wait is {saved.AccumulatedWeight}"));
        foreach ((string name, _) in saved.Callbacks)
            _ = saved.CopiesOf(name);
        return saved;
    }

    /// <summary>The state as JSON.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["version"] = CheckpointFile.Version,
            ["settings"] = Settings.DeepClone(),
        };
        var values = new CheckpointValues("the training", json);
        values.Set("epoch", Epoch);
        values.Set("step", Step);
        values.Set("pass_step", PassStep);
        values.Set("elapsed_ticks", Elapsed.Ticks);
        values.Set("optimizer_steps", OptimizerSteps);
        values.Set("learning_rate", LearningRate);
        values.Set("accumulated", Accumulated);
        values.Set("accumulated_weight", AccumulatedWeight);
        values.Set("skipped_batches", SkippedBatches);
        json["sums"] = Sums;
        json["watch"] = Watch;
        json["epochs"] = new JsonArray([.. Epochs.Select(HistoryJson.ToJson)]);
        json["warnings"] = new JsonArray([.. Warnings.Select(HistoryJson.ToJson)]);
        json["callbacks"] = Callbacks;
        return json;
    }

    /// <summary>The values of a callback; null if it saved none.</summary>
    public JsonObject? ValuesOf(string callback) => Callbacks[callback] is JsonObject saved ? Object(saved, "values") : null;

    /// <summary>The names of a callback's copies of the parameters.</summary>
    public IReadOnlyList<string> CopiesOf(string callback) => Callbacks[callback] is JsonObject saved
        ? [.. Array(saved, "parameters").Select(copy => copy is JsonValue value && value.TryGetValue(out string? name) ? name : throw Missing("parameters"))]
        : [];

    private static JsonObject Object(JsonObject json, string name) => AsObject(json[name], name);

    private static JsonObject AsObject(JsonNode? node, string name) => node as JsonObject ?? throw Missing(name);

    private static JsonArray Array(JsonObject json, string name) => json[name] as JsonArray ?? throw Missing(name);

    private static InvalidDataException Missing(string name) => new($"'{name}' is missing or of the wrong kind");
}
