using static System.FormattableString;

namespace NetGen;

/// <summary>Looks for signs of usual mistakes while a network is trained, and reports each kind once. Allocates only when it reports.</summary>
/// <param name="loss">The network's loss.</param>
/// <param name="network">The network.</param>
/// <param name="history">Keeps the warnings.</param>
/// <param name="progress">Is told of them.</param>
internal sealed class TrainingWatch(LossFunction loss, NetworkSummary network, TrainingHistory history, TrainingProgress progress)
{
    private const float LargestInput = 20;
    private const float LossFactor = 100;
    private const int RisesOfOverfitting = 5;

    /// <summary>The least number of steps before a network that predicts one class counts as stuck: earlier, its weights have hardly moved.</summary>
    private const int FirstSteps = 10;

    /// <summary>The least number of samples for which one predicted class counts as a mistake: for a few, a good network may predict one class.</summary>
    private const int FewSamples = 50;

    private int _reported;
    private float? _firstLoss;
    private int _steps;
    private EpochResult? _last;
    private EpochResult? _beforeRises;
    private int _rises;

    /// <summary>Looks at the first batch before it is used.</summary>
    /// <param name="batch">The batch.</param>
    public void FirstBatch(Batch batch)
    {
        if (network.Plans is { Inference.ScalesInput: true })
            return;
        ReadOnlySpan<float> inputs = batch.Inputs;
        int worst = -1;
        float largest = LargestInput;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (!(MathF.Abs(inputs[i]) > largest))
                continue;
            worst = i;
            largest = MathF.Abs(inputs[i]);
        }
        if (worst < 0)
            return;
        int length = inputs.Length / batch.Count;
        Report(
            TrainingWarningKind.LargeInputs,
            1,
            Invariant($"The inputs are large: value {worst % length} of sample {batch.Samples[worst / length]} is {inputs[worst]}. Networks learn best ") +
            "from inputs between about -1 and 1: " + (network.InputType == InputType.UInt8
                ? "let the network begin with Rescale(1 / 255.0) or Normalization."
                : "divide pixels by 255, and other values by their standard deviation after subtracting their mean."));
    }

    /// <summary>Looks at a step.</summary>
    /// <param name="epoch">Its epoch, counted from 1.</param>
    /// <param name="batch">Its batch.</param>
    /// <param name="batchLoss">The mean loss of the batch.</param>
    /// <param name="learningRate">The optimizer's learning rate, for the message.</param>
    public void Step(int epoch, Batch batch, float batchLoss, float learningRate)
    {
        _steps++;

        // A batch of ignored labels has no loss.
        if (!(batch.TotalWeight > 0))
            return;
        _firstLoss ??= batchLoss;

        // The loss of a network that is good from the start may well grow a hundredfold from batch to batch.
        if (Reported(TrainingWarningKind.LossIncrease) || !(batchLoss > LossFactor * _firstLoss) || !(batchLoss > loss.OfZeros(network.OutputLength, batch.Targets)))
            return;
        Report(
            TrainingWarningKind.LossIncrease,
            epoch,
            Invariant($"The loss has grown from {_firstLoss:G4} in the first batch to {batchLoss:G4}. The learning rate ({learningRate}) is ") +
            "probably too high: try a tenth of it. Large inputs or targets have the same effect; scale them.");
    }

    /// <summary>Looks at an epoch that is complete.</summary>
    /// <param name="epoch">Its results.</param>
    /// <param name="sums">What its samples gave.</param>
    public void Epoch(EpochResult epoch, EpochSums sums)
    {
        if (_steps >= FirstSteps && sums.Samples >= FewSamples && sums.OnlyPrediction is { } only)
        {
            Report(
                TrainingWarningKind.OneClass,
                epoch.Epoch,
                Invariant($"The network predicted class {only} for all {sums.Samples} samples of the epoch, which belong to several classes. Try ") +
                "another learning rate (a lower one if the loss jumps, a higher one if it stands still) and inputs between about -1 and 1; " +
                "check that no class has nearly all of the samples.");
        }

        bool rises = _last is { } last && epoch.ValidationLoss > last.ValidationLoss && epoch.Loss < last.Loss;
        _rises = rises ? _rises + 1 : 0;
        if (_rises == 0)
            _beforeRises = epoch;
        else if (_rises == RisesOfOverfitting)
        {
            Report(
                TrainingWarningKind.Overfitting,
                epoch.Epoch,
                Invariant($"The validation loss has risen for {_rises} epochs, from {_beforeRises!.ValidationLoss:G4} to ") +
                Invariant($"{epoch.ValidationLoss:G4}, while the training loss fell from {_beforeRises.Loss:G4} to {epoch.Loss:G4}: the network ") +
                Invariant($"learns its samples by heart. Use dropout, a smaller network or more samples, or stop after epoch {_beforeRises.Epoch}."));
        }
        _last = epoch;
    }

    /// <summary>Hears of a batch that was left out.</summary>
    /// <param name="epoch">Its epoch.</param>
    /// <param name="message">Where, and why.</param>
    public void Skipped(int epoch, string message) =>
        Report(TrainingWarningKind.SkippedBatch, epoch, $"{message} The batch was left out, as will be others like it.");

    /// <summary>Writes what it has seen into a checkpoint.</summary>
    public void Save(CheckpointValues values)
    {
        values.Set("reported", _reported);
        values.Set("first_loss", _firstLoss ?? double.NaN);
        values.Set("steps", _steps);
        values.Set("last", _last?.Epoch ?? 0);
        values.Set("before_rises", _beforeRises?.Epoch ?? 0);
        values.Set("rises", _rises);
    }

    /// <summary>Goes on with what a checkpoint has; the history is restored already.</summary>
    public void Restore(CheckpointValues values)
    {
        _reported = values.GetInt32("reported");
        _firstLoss = values.GetNumber("first_loss") is var loss && double.IsNaN(loss) ? null : (float)loss;
        _steps = values.GetInt32("steps");
        _last = history.FirstOrDefault(epoch => epoch.Epoch == values.GetInteger("last"));
        _beforeRises = history.FirstOrDefault(epoch => epoch.Epoch == values.GetInteger("before_rises"));
        _rises = values.GetInt32("rises");
    }

    private bool Reported(TrainingWarningKind kind) => (_reported & (1 << (int)kind)) != 0;

    private void Report(TrainingWarningKind kind, int epoch, string message)
    {
        if (Reported(kind))
            return;
        _reported |= 1 << (int)kind;
        var warning = new TrainingWarning(kind, message, epoch);
        history.Add(warning);
        progress.Warned(warning);
    }
}
