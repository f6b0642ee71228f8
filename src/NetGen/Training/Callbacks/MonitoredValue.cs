using static System.FormattableString;

namespace NetGen;

/// <summary>A value of each epoch that a callback watches, such as the validation loss, and the best so far.</summary>
/// <param name="owner">The callback, for messages.</param>
/// <param name="name">The name of the value, as in Keras: <c>val_loss</c>.</param>
/// <param name="higherIsBetter">Whether larger values are better; null for what the name says.</param>
internal sealed class MonitoredValue(string owner, string name, bool? higherIsBetter)
{
    /// <summary>Whether larger values are better; known after <see cref="Begin"/>.</summary>
    public bool HigherIsBetter { get; private set; }

    /// <summary>The best value so far: an infinity before the first epoch.</summary>
    public double Best { get; private set; }

    /// <summary>The epoch of the best value; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>Forgets the values of an earlier training, and checks that this one will have the value.</summary>
    /// <exception cref="InvalidOperationException">It will not.</exception>
    public void Begin(TrainingContext training)
    {
        FitOptions options = training.Options;
        bool isKnown = EpochValues.Names(training).Contains(name);
        if (!isKnown)
        {
            string reason = name.StartsWith(EpochValues.ValidationPrefix, StringComparison.Ordinal) && options.Validation is null
                ? "FitOptions.Validation is not set"
                : $"this training has {string.Join(", ", EpochValues.Names(training))}";
            throw new InvalidOperationException($"{owner} monitors '{name}', but {reason}.");
        }

        HigherIsBetter = higherIsBetter ?? EpochValues.HigherIsBetter(training, name);
        Best = HigherIsBetter ? double.NegativeInfinity : double.PositiveInfinity;
        BestEpoch = 0;
    }

    /// <summary>The value of an epoch.</summary>
    public double Of(EpochResult epoch) => EpochValues.Of(epoch, name);

    /// <summary>Takes the value of an epoch if it is better than the best by more than a margin; NaN never is.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="margin">How much better it must be.</param>
    public bool Improves(EpochResult epoch, double margin)
    {
        double value = Of(epoch);
        if (!(HigherIsBetter ? value - margin > Best : value + margin < Best))
            return false;
        Best = value;
        BestEpoch = epoch.Epoch;
        return true;
    }

    /// <summary>Writes the best value into a checkpoint.</summary>
    public void Save(CheckpointValues state)
    {
        state.Set("best", Best);
        state.Set("best_epoch", BestEpoch);
    }

    /// <summary>Reads the best value from a checkpoint.</summary>
    public void Restore(CheckpointValues state)
    {
        Best = state.GetNumber("best");
        BestEpoch = state.GetInt32("best_epoch", least: 0);
    }

    /// <summary>The best value with its epoch, for messages.</summary>
    public override string ToString() => Invariant($"the best {name} was {Best:G6} in epoch {BestEpoch}");
}
