using System.Runtime.CompilerServices;

using static System.FormattableString;

namespace NetGen;

/// <summary>
/// Lowers the learning rate when a value has not improved for some epochs, equal to PyTorch's <c>ReduceLROnPlateau</c> in its mode
/// <c>rel</c>.
/// </summary>
public sealed class ReduceLearningRateOnPlateau : TrainingCallback
{
    // PyTorch's eps: a smaller change of the rate is left out.
    private const double LeastChange = 1e-8;

    private readonly MonitoredValue _value;
    private readonly double _factor = 0.1;
    private readonly double _threshold = 1e-4;
    private readonly double _minimum;
    private readonly int _patience = 10;
    private readonly int _cooldown;
    private int _badEpochs;
    private int _cooldownLeft;
    private double _rate;

    /// <summary>Watches a value.</summary>
    /// <param name="monitor">Its name, as for <see cref="EarlyStopping(string, bool?)"/>.</param>
    /// <param name="higherIsBetter">Whether larger values are better; unless given, losses and errors should fall and all others rise.</param>
    public ReduceLearningRateOnPlateau(string monitor = "val_loss", bool? higherIsBetter = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(monitor);
        Monitor = monitor;
        _value = new MonitoredValue(nameof(ReduceLearningRateOnPlateau), monitor, higherIsBetter);
    }

    /// <summary>The name of the value.</summary>
    public string Monitor { get; }

    /// <summary>The factor of the learning rate, between 0 and 1; 0.1 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not between 0 and 1.</exception>
    public double Factor
    {
        get => _factor;
        init => _factor = value is > 0 and < 1 ? value : throw Bad(value, "between 0 and 1, both excluded");
    }

    /// <summary>How many epochs without an improvement are tolerated; the next one lowers the rate. 0 or more, 10 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Patience
    {
        get => _patience;
        init => _patience = value >= 0 ? value : throw Bad(value, "at least 0");
    }

    /// <summary>
    /// The share of the best value by which another must be better to count as an improvement; finite, 0 or more; 1e-4 unless set.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public double Threshold
    {
        get => _threshold;
        init => _threshold = value >= 0 && double.IsFinite(value) ? value : throw Bad(value, "finite and not negative");
    }

    /// <summary>How many epochs after a reduction do not count as bad; 0 or more, 0 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Cooldown
    {
        get => _cooldown;
        init => _cooldown = value >= 0 ? value : throw Bad(value, "at least 0");
    }

    /// <summary>The rate does not fall below it; finite, 0 or more; 0 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public double Minimum
    {
        get => _minimum;
        init => _minimum = value >= 0 && double.IsFinite(value) ? value : throw Bad(value, "finite and not negative");
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The training does not have the value, or a schedule sets its learning rate.</exception>
    public override void TrainingStarted(TrainingContext training)
    {
        if (training.Options.Schedule is not null)
        {
            throw new InvalidOperationException(
                $"{nameof(ReduceLearningRateOnPlateau)} and FitOptions.Schedule would both set the learning rate; use one of them.");
        }

        _value.Begin(training);
        _badEpochs = 0;
        _cooldownLeft = 0;
        _rate = double.NaN;
    }

    /// <inheritdoc/>
    public override void EpochCompleted(TrainingContext training, EpochResult epoch)
    {
        double margin = double.IsFinite(_value.Best) ? Threshold * _value.Best : 0;
        bool improves = _value.Improves(epoch, margin);
        _badEpochs = improves ? 0 : _badEpochs + 1;
        if (_cooldownLeft > 0)
        {
            _cooldownLeft--;
            _badEpochs = 0;
        }

        if (_badEpochs <= Patience)
            return;
        Reduce(training.Optimizer);
        _cooldownLeft = Cooldown;
        _badEpochs = 0;
    }

    /// <inheritdoc/>
    public override void SaveState(CheckpointValues state)
    {
        _value.Save(state);
        state.Set("bad_epochs", _badEpochs);
        state.Set("cooldown_left", _cooldownLeft);
        state.Set("rate", _rate);
    }

    /// <inheritdoc/>
    public override void RestoreState(CheckpointValues state)
    {
        _value.Restore(state);
        _badEpochs = state.GetInt32("bad_epochs");
        _cooldownLeft = state.GetInt32("cooldown_left");
        _rate = state.GetNumber("rate");
    }

    // The rate is kept in double precision, unless somebody else has changed it.
    private void Reduce(Optimizer optimizer)
    {
        double old = (float)_rate == optimizer.LearningRate ? _rate : Setting.AsWritten(optimizer.LearningRate);
        double rate = Math.Max(old * Factor, Minimum);
        if (old - rate <= LeastChange)
            return;
        _rate = rate;
        optimizer.LearningRate = (float)rate;
    }

    private static ArgumentOutOfRangeException Bad(double value, string expected, [CallerMemberName] string name = "") =>
        new(nameof(value), Invariant($"{name} must be {expected}, but got {value}."));
}
