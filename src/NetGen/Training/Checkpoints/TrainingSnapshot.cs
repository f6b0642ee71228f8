using System.Text.Json.Nodes;

using static System.FormattableString;

namespace NetGen;

/// <summary>
/// Saves the state of a training in checkpoints, and resumes from one. Random numbers need no state: the order of samples and the dropout
/// masks are functions of seed, epoch and step.
/// </summary>
internal sealed class TrainingSnapshot
{
    private const string OptimizerPrefix = "optimizer.";
    private const string AccumulatedPrefix = "accumulated";

    private readonly TrainingContext _training;
    private readonly EpochSums _sums;
    private readonly TrainingWatch _watch;
    private readonly JsonObject _settings;
    private readonly int _batchSize;
    private SavedTraining? _saved;
    private StateBefore? _before;
    private readonly float[] _parameters = [];
    private readonly Dictionary<string, float[]> _groups = [];

    /// <summary>Reads the checkpoint that the options name, if they do, and changes nothing yet.</summary>
    /// <exception cref="WeightFileException">The file is damaged, or belongs to another training; all differences are listed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public TrainingSnapshot(TrainingContext training, ISampleSource source, int batchSize, EpochSums sums, TrainingWatch watch)
    {
        _training = training;
        _sums = sums;
        _watch = watch;
        _batchSize = batchSize;
        FitOptions options = training.Options;
        _settings = new JsonObject
        {
            ["samples"] = source.Count,
            ["batch_size"] = batchSize,
            ["accumulated_batches"] = options.AccumulatedBatches,
            ["seed"] = Invariant($"{options.Seed}"),
            ["shuffle"] = options.Shuffle && !source.IsSequential,
            ["schedule"] = options.Schedule is not null,
            ["class_weights"] = options.ClassWeights is { } weights ? string.Join(" ", weights.Select(weight => Invariant($"{weight}"))) : null,
            ["non_finite"] = options.NonFinite.ToString(),
            ["metrics"] = options.Metrics.Count == 0 ? null : string.Join(", ", options.Metrics),
            ["optimizer"] = training.Optimizer.SettingsText,
        };
        if (options.ResumeFrom is not { } path)
            return;
        (_parameters, _groups) = CheckpointFile.Load(path, training.Network, Compare);
        PassStep = _saved!.PassStep;
    }

    /// <summary>How many forward computations the training has done.</summary>
    public long PassStep { get; set; }

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <param name="elapsed">How long the present epoch has taken.</param>
    /// <param name="accumulator">The gradients that wait for a step of the optimizer.</param>
    public void Save(string path, TimeSpan elapsed, GradientAccumulator accumulator)
    {
        var groups = new List<ParameterGroup>();
        foreach (string name in _training.Optimizer.StepCount == 0 ? [] : _training.Optimizer.StateNames)
            groups.Add(new ParameterGroup(OptimizerPrefix + name, IsOfTrained: true, _training.Optimizer.State(name).ToArray()));
        if (accumulator.Added > 0)
            groups.Add(new ParameterGroup(AccumulatedPrefix, IsOfTrained: true, accumulator.Sums.ToArray()));
        TrainingHistory history = _training.History;
        var saved = new SavedTraining
        {
            Settings = _settings,
            Epoch = history.Count + 1,
            Step = _training.Step,
            PassStep = PassStep,
            Elapsed = elapsed,
            OptimizerSteps = _training.Optimizer.StepCount,
            LearningRate = _training.Optimizer.LearningRate,
            Accumulated = accumulator.Added,
            AccumulatedWeight = accumulator.Weight,
            SkippedBatches = history.SkippedBatches,
            Sums = Values("the epoch", _sums.Save),
            Watch = Values("the warnings", _watch.Save),
            Epochs = history,
            Warnings = history.Warnings,
            Callbacks = SaveCallbacks(groups),
        };
        CheckpointFile.Save(path, _training.Network, saved.ToJson(), groups);
    }

    /// <summary>Brings network and optimizer to the state of the checkpoint.</summary>
    /// <param name="accumulator">Gets the gradients that wait for a step of the optimizer.</param>
    /// <returns>How long the interrupted epoch has taken before.</returns>
    /// <exception cref="InvalidDataException">The checkpoint lies within an epoch whose dead units it has not counted.</exception>
    public TimeSpan Restore(GradientAccumulator accumulator)
    {
        if (_saved is not { } saved)
            return default;
        if (saved.Step > 0)
            _sums.Units?.Restore(new CheckpointValues("the epoch", saved.Sums));
        _before = new StateBefore(_training);
        using (ParameterEdit edit = _training.Network.EditParameters())
            _parameters.CopyTo(edit.Values);
        Dictionary<string, float[]> blocks = _groups
            .Where(group => group.Key.StartsWith(OptimizerPrefix, StringComparison.Ordinal))
            .ToDictionary(group => group.Key[OptimizerPrefix.Length..], group => group.Value, StringComparer.Ordinal);
        _training.Optimizer.Restore(_training.Network, saved.OptimizerSteps, saved.LearningRate, blocks);
        if (saved.Accumulated > 0)
            accumulator.Restore(saved.Accumulated, saved.AccumulatedWeight, _groups[AccumulatedPrefix]);
        return saved.Elapsed;
    }

    /// <summary>Gives the callbacks what the checkpoint has of them.</summary>
    /// <exception cref="InvalidDataException">One cannot use it.</exception>
    public void RestoreCallbacks()
    {
        if (_saved is not { } saved)
            return;
        foreach ((TrainingCallback callback, string name) in NamedCallbacks())
        {
            if (saved.ValuesOf(name) is not { } json)
                continue;
            var values = new CheckpointValues(name, json);
            foreach (string copy in saved.CopiesOf(name))
                values.Parameters[copy] = _groups[CopyPrefix(name, copy)];
            callback.RestoreState(values);
        }
    }

    /// <summary>Gives network and optimizer back what they had before <see cref="Restore"/>, if that changed them.</summary>
    public void PutBack() => _before?.PutBack(_training);

    /// <summary>Forgets what they had: the training goes on from the checkpoint.</summary>
    public void Keep() => _before = null;

    private JsonObject SaveCallbacks(List<ParameterGroup> groups)
    {
        var all = new JsonObject();
        foreach ((TrainingCallback callback, string name) in NamedCallbacks())
        {
            var json = new JsonObject();
            var values = new CheckpointValues(name, json);
            callback.SaveState(values);
            if (json.Count == 0 && values.Parameters.Count == 0)
                continue;
            all[name] = new JsonObject
            {
                ["values"] = json,
                ["parameters"] = new JsonArray([.. values.Parameters.Keys.Select(copy => (JsonNode)copy)]),
            };
            foreach ((string copy, float[] parameters) in values.Parameters)
            {
                if (parameters.Length != _training.Network.Parameters.Length)
                {
                    throw new InvalidOperationException(
                        Invariant($"{callback.GetType().Name}.SaveState gave '{copy}' {parameters.Length} values, but the network has ") +
                        Invariant($"{_training.Network.Parameters.Length} parameters."));
                }

                groups.Add(new ParameterGroup(CopyPrefix(name, copy), IsOfTrained: false, parameters));
            }
        }

        return all;
    }

    private static string CopyPrefix(string callback, string copy) => $"{callback}.{copy}";

    // Callbacks by type, with a number where there are several of one type.
    private IEnumerable<(TrainingCallback Callback, string Name)> NamedCallbacks()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (TrainingCallback callback in _training.Options.Callbacks)
        {
            string type = callback.GetType().Name;
            int number = counts[type] = counts.GetValueOrDefault(type) + 1;
            yield return (callback, number == 1 ? type : Invariant($"{type}#{number}"));
        }
    }

    // Lists what differs between the training that was interrupted and this one, and says which values the file must have.
    private List<ParameterGroup> Compare(JsonObject state, FaultList faults)
    {
        if (Parse(state, faults) is not { } saved)
            return [];
        CompareSettings(saved.Settings, faults);
        if (saved.Step > _training.Steps || saved.Accumulated >= _training.Options.AccumulatedBatches)
            faults.Add($"It is at step {saved.Step}, with the gradients of {saved.Accumulated} batches; this training has {_training.Steps} steps.");
        var groups = new List<ParameterGroup>();
        if (saved.OptimizerSteps > 0)
            groups.AddRange(_training.Optimizer.StateNames.Select(name => new ParameterGroup(OptimizerPrefix + name, IsOfTrained: true)));
        if (saved.Accumulated > 0)
            groups.Add(new ParameterGroup(AccumulatedPrefix, IsOfTrained: true));
        HashSet<string> present = [.. NamedCallbacks().Select(callback => callback.Name)];
        foreach ((string name, _) in saved.Callbacks)
        {
            if (!present.Contains(name))
                faults.Add($"It has the state of a callback {name}, which FitOptions.Callbacks does not have.");
            groups.AddRange(saved.CopiesOf(name).Select(copy => new ParameterGroup(CopyPrefix(name, copy), IsOfTrained: false)));
        }

        if (faults.Count == 0)
            RestorePosition(saved, faults);
        _saved = saved;
        return groups;
    }

    // These belong to this training alone, so they may be restored before all of the file is known to be right.
    private void RestorePosition(SavedTraining saved, FaultList faults)
    {
        TrainingHistory history = _training.History;
        foreach (EpochResult epoch in saved.Epochs)
            history.Add(epoch);
        foreach (TrainingWarning warning in saved.Warnings)
            history.Add(warning);
        history.SkippedBatches = saved.SkippedBatches;
        _training.Epoch = saved.Epoch;
        _training.Step = saved.Step;
        try
        {
            _sums.Restore(new CheckpointValues("the epoch", saved.Sums));
            _watch.Restore(new CheckpointValues("the warnings", saved.Watch));
        }
        catch (InvalidDataException error)
        {
            faults.Add($"The state of the training is damaged: {error.Message}");
        }

        if (_sums.Samples > (long)saved.Step * _batchSize)
            faults.Add($"The state of the training is damaged: {saved.Step} steps have {_sums.Samples} samples.");
    }

    private static SavedTraining? Parse(JsonObject state, FaultList faults)
    {
        try
        {
            if (new CheckpointValues("the training", state).GetInteger("version") is var version && version == CheckpointFile.Version)
                return SavedTraining.Parse(state);
            faults.Add($"The checkpoint has version {version}, but this library reads version {CheckpointFile.Version}.");
        }
        catch (InvalidDataException error)
        {
            faults.Add($"The state of the training is damaged: {error.Message}");
        }

        return null;
    }

    private void CompareSettings(JsonObject saved, FaultList faults)
    {
        foreach ((string name, JsonNode? expected) in _settings)
        {
            if (!JsonNode.DeepEquals(saved[name], expected))
                faults.Add($"Its training had {name.Replace('_', ' ')} {Text(saved[name])}; this one has {Text(expected)}.");
        }
    }

    private static string Text(JsonNode? value) => value is null ? "none" : value.ToString();

    private static JsonObject Values(string owner, Action<CheckpointValues> save)
    {
        var json = new JsonObject();
        save(new CheckpointValues(owner, json));
        return json;
    }
}
