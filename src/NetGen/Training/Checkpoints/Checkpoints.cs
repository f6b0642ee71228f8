using System.Globalization;
using System.Runtime.CompilerServices;

using static System.FormattableString;

namespace NetGen;

/// <summary>
/// Saves checkpoints of a training into a folder: the network, the state of optimizer and callbacks, the history and the position. A
/// training that was interrupted, even by a crash of the process, goes on from the last one as if nothing had happened:
/// <c>ResumeFrom = Checkpoints.Latest(folder)</c>.
/// </summary>
/// <remarks>
/// A checkpoint is a weight file in the safetensors format: <c>Load</c> of the network reads its parameters. Saving allocates memory.
/// </remarks>
public sealed class Checkpoints : TrainingCallback
{
    private const string Prefix = "checkpoint-";
    private const string Suffix = ".safetensors";

    private readonly string _folder;
    private readonly int _everySteps;
    private readonly int _everyEpochs = 1;
    private readonly int _keep = 3;
    private MonitoredValue? _value;
    private bool _hasStarted;

    /// <summary>Saves into a folder, which is made when training begins.</summary>
    /// <param name="folder">The folder; it belongs to one training.</param>
    public Checkpoints(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = folder;
    }

    /// <summary>After how many epochs a checkpoint is saved; 0: not after epochs. 1 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int EveryEpochs
    {
        get => _everyEpochs;
        init => _everyEpochs = AtLeast(0, value);
    }

    /// <summary>After how many steps a checkpoint is saved, counted from the beginning of the training; 0, the default: not after steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int EverySteps
    {
        get => _everySteps;
        init => _everySteps = AtLeast(0, value);
    }

    /// <summary>How many checkpoints are kept: the newest ones. At least 1, 3 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Keep
    {
        get => _keep;
        init => _keep = AtLeast(1, value);
    }

    /// <summary>
    /// The name of a value, as for <see cref="EarlyStopping(string, bool?)"/>: only epochs in which it is the best so far save a checkpoint.
    /// <see langword="null"/>, the default: all do.
    /// </summary>
    public string? BestOnly { get; init; }

    /// <summary>The newest checkpoint in a folder; <see langword="null"/> if there is none, or no such folder.</summary>
    /// <param name="folder">The folder.</param>
    public static string? Latest(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Saved(folder).LastOrDefault();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">
    /// The folder has checkpoints already and the training does not resume from one, or it has one that is newer, or the training does not have
    /// the value <see cref="BestOnly"/>.
    /// </exception>
    public override void TrainingStarted(TrainingContext training)
    {
        if (training.Options.ResumeFrom is null && Latest(_folder) is { } other)
        {
            throw new InvalidOperationException(
                $"The folder has checkpoints of another training, the last of which is '{other}'. Resume from it " +
                "(ResumeFrom = Checkpoints.Latest(folder)), use another folder, or delete them.");
        }

        if (Latest(_folder) is { } newer && Steps(newer) > training.TotalSteps)
        {
            throw new InvalidOperationException(
                $"The folder has a newer checkpoint, '{newer}', than the one that training resumes from: it would stay the latest. Delete it, or use another folder.");
        }

        Directory.CreateDirectory(_folder);
        _value = BestOnly is { } name ? new MonitoredValue(nameof(Checkpoints), name, higherIsBetter: null) : null;
        _value?.Begin(training);
        _hasStarted = true;
    }

    /// <inheritdoc/>
    public override void StepCompleted(TrainingContext training)
    {
        if (EverySteps > 0 && training.TotalSteps % EverySteps == 0)
            Save(training);
    }

    /// <inheritdoc/>
    public override void EpochCompleted(TrainingContext training, EpochResult epoch)
    {
        bool isBest = _value?.Improves(epoch, margin: 0) ?? true;
        if (EveryEpochs > 0 && isBest && epoch.Epoch % EveryEpochs == 0)
            Save(training);
    }

    /// <inheritdoc/>
    public override void TrainingEnded(TrainingContext training, Exception? error)
    {
        // If the folder was refused, its files are those of another training.
        if (_hasStarted)
            RemoveOld(Keep);
        _hasStarted = false;
    }

    /// <inheritdoc/>
    public override void SaveState(CheckpointValues state) => _value?.Save(state);

    /// <inheritdoc/>
    public override void RestoreState(CheckpointValues state) => _value?.Restore(state);

    // The checkpoint is written after this event, so the one that it pushes out is removed with the next: at no time there are fewer than Keep.
    private void Save(TrainingContext training)
    {
        RemoveOld(Keep);
        training.SaveCheckpoint(Path.Combine(_folder, Invariant($"{Prefix}{training.TotalSteps:D10}{Suffix}")));
    }

    private void RemoveOld(int keep)
    {
        List<string> saved = Saved(_folder);
        foreach (string old in saved.Take(saved.Count - keep))
            File.Delete(old);
    }

    // The checkpoints of a folder, the oldest first. Files that are still being written have other names.
    private static List<string> Saved(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}").Where(path => Steps(path) >= 0).OrderBy(Steps)]
        : [];

    private static long Steps(string path)
    {
        string number = Path.GetFileName(path)[Prefix.Length..^Suffix.Length];
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long steps) ? steps : -1;
    }

    private static int AtLeast(int least, int value, [CallerMemberName] string name = "") => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), Invariant($"{name} must be at least {least}, but got {value}."));
}
