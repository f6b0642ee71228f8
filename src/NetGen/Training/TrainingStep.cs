using static System.FormattableString;

namespace NetGen;

/// <summary>
/// One step of a training: forward, backward, and the optimizer. If a loss or a gradient is not finite, parameters and statistics stay as they were.
/// </summary>
internal sealed class TrainingStep
{
    private readonly INetwork _network;
    private readonly ITrainingPass _pass;
    private readonly FitOptions _options;
    private readonly Optimizer _optimizer;
    private readonly StatisticsBackup _statistics;
    private readonly GradientCheck _gradients;

    /// <summary>Allocates what the steps need; the steps themselves allocate nothing.</summary>
    public TrainingStep(INetwork network, ITrainingPass pass, Optimizer optimizer, FitOptions options)
    {
        _network = network;
        _pass = pass;
        _options = options;
        _optimizer = optimizer;
        _statistics = new StatisticsBackup(network);
        _gradients = new GradientCheck(pass.Threads);
        Accumulator = new GradientAccumulator(options.AccumulatedBatches, network.ParameterTable.TrainedCount);
    }

    /// <summary>The gradients that wait for a step of the optimizer.</summary>
    public GradientAccumulator Accumulator { get; }

    /// <summary>The loss of the last step.</summary>
    public float Loss { get; private set; }

    /// <summary>The outputs of the last step, sample by sample.</summary>
    public ReadOnlySpan<float> Outputs => _pass.Outputs;

    /// <summary>How many forward computations there were, on which the dropout masks depend.</summary>
    public long PassStep => _pass.Step;

    /// <summary>Does a step.</summary>
    /// <param name="batch">Its samples.</param>
    /// <param name="progress">How far training is before it, in epochs.</param>
    /// <param name="isLast">Whether it is the last step of its epoch.</param>
    /// <returns>What went wrong, in a sentence, if the step was not applied.</returns>
    public string? Run(Batch batch, double progress, bool isLast)
    {
        _statistics.Take();

        // With weights that are all 0 there is no mean loss, and nothing to learn. Outputs and statistics do not depend on the weights.
        bool hasWeight = batch.TotalWeight > 0;
        ReadOnlySpan<float> weights = hasWeight ? batch.Weights : default;
        Loss = batch.HasLabels
            ? _pass.Forward(batch.Inputs, batch.Labels, weights)
            : _pass.Forward(batch.Inputs, batch.Targets, weights);
        if (!float.IsFinite(Loss))
            return NotApplied(Invariant($"The loss became {Loss}"), isLast, progress);
        if (!hasWeight)
        {
            if (isLast)
                Finish(progress);
            return null;
        }

        _pass.Backward();
        if (!_gradients.AllFinite(_pass))
            return NotApplied(new FaultFinder(_network, _pass).OfGradients(), isLast, progress);
        if (Accumulator.Add(_pass, batch.TotalWeight, isLast))
            Update(progress);
        return null;
    }

    /// <summary>Says where the fault of a step that was not applied comes from, and what may help.</summary>
    /// <param name="batch">Its samples.</param>
    public string CauseOfFault(Batch batch)
    {
        string advice = Invariant($"Try a lower learning rate (it is {_optimizer.LearningRate}) or smaller input values.");
        return float.IsFinite(Loss) ? advice : new FaultFinder(_network, _pass).OfLoss(batch, advice);
    }

    private string NotApplied(string what, bool isLast, double progress)
    {
        _statistics.PutBack();

        if (isLast && _options.NonFinite == NonFiniteAction.SkipBatch)
            Finish(progress);
        return what;
    }

    // Where the last batch of an epoch gives nothing, the batches that were added up before it still count.
    private void Finish(double progress)
    {
        if (Accumulator.Flush(_pass))
            Update(progress);
    }

    private void Update(double progress)
    {
        if (_options.Schedule is { } schedule)
            _optimizer.LearningRate = Rate(schedule, progress);
        _optimizer.Step(_pass);
    }

    private static float Rate(LearningRateSchedule schedule, double progress)
    {
        float rate = schedule(progress);
        return rate >= 0 && float.IsFinite(rate)
            ? rate
            : throw new InvalidOperationException(
                Invariant($"The schedule must give a learning rate that is finite and not negative, but gave {rate} at {progress} epochs."));
    }
}
