using System.Runtime.CompilerServices;

using static System.FormattableString;

namespace NetGen;

/// <summary>
/// Ends a training when a value has not improved for some epochs, and gives the network the parameters of the best epoch, as Keras'
/// <c>EarlyStopping</c>.
/// </summary>
/// <remarks>Keeps one copy of the parameters, allocated when training begins.</remarks>
public sealed class EarlyStopping : TrainingCallback
{
    private readonly MonitoredValue _value;
    private readonly double _minDelta;
    private readonly int _patience = 1;
    private float[] _bestParameters = [];
    private int _epochsWithout;
    private TrainingContext? _training;

    /// <summary>Watches a value.</summary>
    /// <param name="monitor">
    /// Its name, as in Keras: <c>loss</c>, <c>accuracy</c>, the name of a metric, or one of these on the validation set with <c>val_</c> before it.
    /// </param>
    /// <param name="higherIsBetter">Whether larger values are better; unless given, losses and errors should fall and all others rise.</param>
    public EarlyStopping(string monitor = "val_loss", bool? higherIsBetter = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(monitor);
        Monitor = monitor;
        _value = new MonitoredValue(nameof(EarlyStopping), monitor, higherIsBetter);
    }

    /// <summary>The name of the value.</summary>
    public string Monitor { get; }

    /// <summary>By how much a value must be better to count as an improvement; finite, 0 or more; 0 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public double MinDelta
    {
        get => _minDelta;
        init => _minDelta = value >= 0 && double.IsFinite(value) ? value : throw Bad(value, "finite and not negative");
    }

    /// <summary>After how many epochs without an improvement training ends; at least 1, 1 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Patience
    {
        get => _patience;
        init => _patience = value >= 1 ? value : throw Bad(value, "at least 1");
    }

    /// <summary>Whether the network gets the parameters of the best epoch when training ends without an error; true unless set.</summary>
    public bool RestoreBestWeights { get; init; } = true;

    /// <summary>The best value; an infinity before the first epoch.</summary>
    public double Best => _value.Best;

    /// <summary>The epoch of the best value, counted from 1; 0 before the first.</summary>
    public int BestEpoch => _value.BestEpoch;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The training does not have the value.</exception>
    public override void TrainingStarted(TrainingContext training)
    {
        _value.Begin(training);
        _training = training;
        _epochsWithout = 0;
        _bestParameters = RestoreBestWeights ? new float[training.Network.Parameters.Length] : [];
    }

    /// <inheritdoc/>
    public override void EpochCompleted(TrainingContext training, EpochResult epoch)
    {
        if (_value.Improves(epoch, MinDelta))
        {
            _epochsWithout = 0;
            if (RestoreBestWeights)
                training.Network.Parameters.CopyTo(_bestParameters);
        }
        else
        {
            _epochsWithout++;
            StopIfOver(training);
        }
    }

    /// <inheritdoc/>
    public override void TrainingEnded(TrainingContext training, Exception? error)
    {
        _training = null;
        if (error is not null || !RestoreBestWeights || BestEpoch == 0)
            return;
        using ParameterEdit edit = training.Network.EditParameters();
        _bestParameters.CopyTo(edit.Values);
    }

    /// <inheritdoc/>
    public override void SaveState(CheckpointValues state)
    {
        _value.Save(state);
        state.Set("epochs_without", _epochsWithout);
        if (RestoreBestWeights && BestEpoch > 0)
            state.SetParameters("best", _bestParameters);
    }

    /// <inheritdoc/>
    public override void RestoreState(CheckpointValues state)
    {
        _value.Restore(state);
        _epochsWithout = state.GetInt32("epochs_without", least: 0);
        if (RestoreBestWeights && BestEpoch > 0)
        {
            _bestParameters = state.GetParameters("best") ?? throw new InvalidDataException(
                $"The checkpoint has no parameters of the best epoch: its {nameof(EarlyStopping)} had {nameof(RestoreBestWeights)} = false.");
        }

        // The checkpoint of the epoch that ended the training has no more epochs to come.
        StopIfOver(_training!);
    }

    private void StopIfOver(TrainingContext training)
    {
        if (_epochsWithout >= Patience)
            training.Stop(Invariant($"{Monitor} has not improved for {_epochsWithout} epochs; {_value}."));
    }

    private static ArgumentOutOfRangeException Bad(double value, string expected, [CallerMemberName] string name = "") =>
        new(nameof(value), Invariant($"{name} must be {expected}, but got {value}."));
}
