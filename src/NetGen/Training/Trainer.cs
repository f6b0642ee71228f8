using System.Diagnostics;

using static System.FormattableString;

namespace NetGen;

/// <summary>One call of <see cref="TrainingExtensions.Fit"/>: owns the training pass, the batch and the order of the samples.</summary>
internal sealed class Trainer
{
    private readonly Dataset _data;
    private readonly FitOptions _options;
    private readonly Optimizer _optimizer;
    private readonly ITrainingPass _pass;
    private readonly Batch _batch;
    private readonly Evaluator? _validation;
    private readonly int[] _order;
    private readonly int _steps;
    private readonly bool _isClassifier;
    private readonly TrainingHistory _history = new();
    private readonly TrainingWatch _watch;

    /// <summary>Allocates all memory; the steps allocate nothing.</summary>
    public Trainer(INetwork network, Dataset data, FitOptions options)
    {
        int batchSize = Math.Min(options.BatchSize, data.Count);
        _data = data;
        _options = options;
        _optimizer = options.Optimizer ?? new Adam(1e-3f);
        _optimizer.RequireOwner(network);
        _pass = network.BeginTraining(new TrainingOptions { BatchSize = batchSize, Seed = options.Seed, Threads = options.Threads });
        _batch = new Batch(data, batchSize);
        _validation = options.Validation is { } set
            ? new Evaluator(network, set, TrainingExtensions.EvaluationBatchSize, options.Threads)
            : null;
        _isClassifier = LossFunction.Of(network.Summary).Classifies;
        _order = new int[data.Count];
        _steps = (data.Count - 1) / batchSize + 1;
        RandomOrder.FillInOrder(_order);
        _watch = new TrainingWatch(LossFunction.Of(network.Summary), network.Summary.OutputLength, _history, options.Progress);
    }

    /// <summary>Trains, and returns the results of the epochs.</summary>
    public TrainingHistory Run()
    {
        bool complete = false;
        try
        {
            for (int epoch = 1; epoch <= _options.Epochs; epoch++)
            {
                var sums = new EpochSums(_isClassifier);
                EpochResult result = RunEpoch(epoch, ref sums);
                _history.Add(result);
                _options.Progress.EpochCompleted(result);
                _watch.Epoch(result, sums);
            }
            complete = true;
        }
        finally
        {
            if (!complete)
                _options.Progress.Stopped();
        }
        return _history;
    }

    private EpochResult RunEpoch(int epoch, ref EpochSums sums)
    {
        if (_options.Shuffle)
            RandomOrder.Fill(_order, _options.Seed, (uint)epoch);
        _options.Progress.EpochStarted(epoch, _options.Epochs, _steps);
        long start = Stopwatch.GetTimestamp();
        for (int step = 0; step < _steps; step++)
        {
            if (_options.CancellationToken.IsCancellationRequested)
                throw new TrainingCanceledException(epoch, step, _history, _options.CancellationToken);
            RunStep(epoch, step, ref sums);
            _options.Progress.StepCompleted(new StepResult
            {
                Epoch = epoch,
                Step = step + 1,
                Steps = _steps,
                Loss = sums.MeanLoss,
                Accuracy = sums.Accuracy,
                Elapsed = Stopwatch.GetElapsedTime(start),
            });
        }
        TimeSpan training = Stopwatch.GetElapsedTime(start);
        EvaluationResult? validation = Validate(epoch);
        return new EpochResult
        {
            Epoch = epoch,
            Loss = sums.MeanLoss,
            Accuracy = sums.Accuracy,
            ValidationLoss = validation?.Loss,
            ValidationAccuracy = validation?.Accuracy,
            Duration = Stopwatch.GetElapsedTime(start),
            StepDuration = training / _steps,
        };
    }

    private void RunStep(int epoch, int step, ref EpochSums sums)
    {
        int first = step * _batch.Capacity;
        ReadOnlySpan<int> samples = _order.AsSpan(first, Math.Min(_batch.Capacity, _order.Length - first));
        _batch.Gather(samples);
        if (epoch == 1 && step == 0)
            _watch.FirstBatch(_batch, samples);
        float loss = _data.HasLabels
            ? _pass.Forward(_batch.Inputs, _batch.Labels)
            : _pass.Forward(_batch.Inputs, _batch.Targets);
        if (!float.IsFinite(loss))
            throw Diverged(Invariant($"The loss became {loss}"), epoch, step, loss);
        sums.Add(_batch, loss, _pass.Outputs);
        _watch.Step(epoch, _batch, loss, _optimizer.LearningRate);
        _pass.Backward();

        // A bad gradient shows in the loss of the next step. After the last step of an epoch none follows, so the gradients are checked.
        if (step == _steps - 1 && FirstNotFinite(_pass.Gradients) is { } gradient)
            throw Diverged(Invariant($"A gradient became {_pass.Gradients[gradient]}"), epoch, step, loss);
        if (_options.Schedule is { } schedule)
            _optimizer.LearningRate = ScheduledRate(schedule, epoch - 1 + ((double)step / _steps));
        _optimizer.Step(_pass);
    }

    private static float ScheduledRate(LearningRateSchedule schedule, double progress)
    {
        float rate = schedule(progress);
        return rate >= 0 && float.IsFinite(rate)
            ? rate
            : throw new InvalidOperationException(
                Invariant($"The schedule must give a learning rate that is finite and not negative, but gave {rate} at {progress} epochs."));
    }

    private EvaluationResult? Validate(int epoch)
    {
        try
        {
            return _validation?.Run(_options.CancellationToken);
        }
        catch (OperationCanceledException) when (_options.CancellationToken.IsCancellationRequested)
        {
            throw new TrainingCanceledException(epoch, _steps, _history, _options.CancellationToken);
        }
    }

    private TrainingDivergedException Diverged(string what, int epoch, int step, float loss)
    {
        string where = Invariant($"{what} in epoch {epoch}, step {step + 1} of {_steps}");
        string cause = FaultInBatch(step) ??
            Invariant($"Try a lower learning rate (it is {_optimizer.LearningRate}) or smaller input values.");
        return new TrainingDivergedException(
            $"{where}; that step was not applied. {cause}", epoch, step + 1, loss, _history);
    }

    /// <summary>Names the first value of the batch's data that is infinite or not a number.</summary>
    private string? FaultInBatch(int step)
    {
        for (int i = 0; i < _batch.Count; i++)
        {
            int sample = _order[step * _batch.Capacity + i];
            if (FirstNotFinite(_data.Input(sample)) is { } input)
                return Invariant($"Input value {input} of sample {sample} is {_data.Input(sample)[input]}.");
            if (!_data.HasLabels && FirstNotFinite(_data.Target(sample)) is { } target)
                return Invariant($"Target {target} of sample {sample} is {_data.Target(sample)[target]}.");
        }
        return null;
    }

    private static int? FirstNotFinite(ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                return i;
        }
        return null;
    }
}
