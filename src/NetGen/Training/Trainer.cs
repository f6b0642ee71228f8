using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Runtime.ExceptionServices;

using static System.FormattableString;

namespace NetGen;

/// <summary>One call of <see cref="TrainingExtensions.Fit"/>: the loop over epochs and steps, and the events that callbacks hear of.</summary>
internal sealed class Trainer
{
    /// <summary>How many batches are read ahead from a source that is no data set in memory.</summary>
    private const int UsualPrefetch = 2;

    private readonly ISampleSource _source;
    private readonly FitOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly EpochOrder _order;
    private readonly TrainingStep _step;
    private readonly Func<Batch> _newBatch;
    private readonly Evaluator? _validation;
    private readonly TrainingHistory _history = new();
    private readonly TrainingWatch _watch;
    private readonly TrainingContext _context;
    private readonly CallbackList _callbacks;
    private readonly EpochSums _sums;
    private readonly TrainingSnapshot _snapshot;
    private TimeSpan _elapsedBefore;

    /// <summary>Allocates all memory; the steps allocate nothing. Resumes from a checkpoint if the options name one.</summary>
    public Trainer(INetwork network, ISampleSource source, FitOptions options, CancellationToken cancellationToken)
    {
        LossFunction loss = LossFunction.Of(network.Summary);
        int batchSize = Math.Min(options.BatchSize, source.Count);
        _source = source;
        _options = options;
        _cancellationToken = cancellationToken;
        Optimizer optimizer = options.Optimizer ?? new Adam(1e-3f);
        optimizer.RequireOwner(network);
        _order = new EpochOrder(source, batchSize, options.Shuffle, options.Seed);
        _context = new TrainingContext(network, optimizer, options, _history, _order.Steps);
        _sums = new EpochSums(loss.Classes(network.Summary.OutputLength), new MetricStates(options.Metrics, network.Summary, source.Count));
        _watch = new TrainingWatch(loss, network.Summary, _history, options.Progress);
        _snapshot = new TrainingSnapshot(_context, source, batchSize, _sums, _watch);
        ITrainingPass pass = network.BeginTraining(new TrainingOptions
        {
            BatchSize = batchSize,
            Seed = options.Seed,
            Threads = options.Threads,
            Step = _snapshot.PassStep,
        });
        _sums.Units = (pass as IPassDiagnostics)?.UnitActivity;
        _context.TracksDeadUnits = _sums.Units is not null;
        if (source.Count % batchSize == 1 || batchSize == 1)
            SourceCheck.RequireNoSingleSample(pass, source.Count, batchSize);
        _step = new TrainingStep(network, pass, optimizer, options);
        _newBatch = () => new Batch(source, batchSize, network.Summary, options.ClassWeights);
        _callbacks = new CallbackList(options.Callbacks, _context);
        _validation = options.Validation is { } set
            ? new Evaluator(network, set, TrainingExtensions.EvaluationBatchSize, options.Threads, options.Metrics)
            : null;
    }

    /// <summary>Trains, and returns the results of the epochs.</summary>
    public TrainingHistory Run()
    {
        ExceptionDispatchInfo? error = null;
        try
        {
            Begin();
            RunEpochs();
            _history.StopReason = _context.StopReason;
        }
        catch (Exception fault)
        {
            error = ExceptionDispatchInfo.Capture(fault);
        }

        // Callbacks may write parameters at the end; the progress display has the last word.
        try
        {
            _callbacks.TrainingEnded(error);
        }
        finally
        {
            if (error is not null || _context.StopReason is not null)
                _options.Progress.Stopped();
        }

        return _history;
    }

    // A training that cannot begin changes nothing, whatever the checkpoint has brought already.
    private void Begin()
    {
        try
        {
            _elapsedBefore = _snapshot.Restore(_step.Accumulator);
            _callbacks.TrainingStarted();
            _snapshot.RestoreCallbacks();
            _snapshot.Keep();
        }
        catch
        {
            _snapshot.PutBack();
            throw;
        }
    }

    private void RunEpochs()
    {
        int first = _history.Count + 1;
        if (first > _options.Epochs || _context.StopReason is not null)
            return;
        using var reader = BatchReader.Start(
            _source,
            _order,
            new BatchRange(first, _context.Step, _options.Epochs),
            _newBatch,
            _options.Prefetch ?? (_source is Dataset ? 0 : UsualPrefetch),
            _cancellationToken);
        for (int epoch = first; epoch <= _options.Epochs && _context.StopReason is null; epoch++)
        {
            _context.Epoch = epoch;
            if (RunSteps(reader) is { } times)
                Complete(times);
        }
    }

    // The duration of the epoch's steps, and of the epoch so far; null if a callback stopped the training.
    private EpochTimes? RunSteps(BatchReader reader)
    {
        _callbacks.EpochStarted();
        _options.Progress.EpochStarted(_context.Epoch, _options.Epochs, _order.Steps);
        long start = Stopwatch.GetTimestamp();
        while (_context.Step < _order.Steps && _context.StopReason is null)
        {
            if (_cancellationToken.IsCancellationRequested)
                throw new TrainingCanceledException(_context.Epoch, _context.Step, _history, _cancellationToken);
            RunStep(Next(reader));
            TimeSpan elapsed = _elapsedBefore + Stopwatch.GetElapsedTime(start);
            _context.LastStep = new StepResult
            {
                Epoch = _context.Epoch,
                Step = _context.Step,
                Steps = _order.Steps,
                Loss = _sums.MeanLoss,
                Accuracy = _sums.Accuracy,
                Elapsed = elapsed,
            };
            _callbacks.StepCompleted();
            _options.Progress.StepCompleted(_context.LastStep);
            SaveCheckpoints(elapsed);
        }

        if (_context.StopReason is not null)
            return null;
        var times = new EpochTimes(start, _elapsedBefore);
        _elapsedBefore = default;
        return times;
    }

    private Batch Next(BatchReader reader)
    {
        try
        {
            return reader.Next();
        }
        catch (OperationCanceledException) when (_cancellationToken.IsCancellationRequested)
        {
            throw new TrainingCanceledException(_context.Epoch, _context.Step, _history, _cancellationToken);
        }
    }

    private void RunStep(Batch batch)
    {
        (int epoch, int step) = (_context.Epoch, _context.Step);
        if (epoch == 1 && step == 0)
            _watch.FirstBatch(batch);
        bool isLast = step == _order.Steps - 1;
        string? fault = _step.Run(batch, epoch - 1 + ((double)step / _order.Steps), isLast);
        if (fault is null)
        {
            _sums.Add(batch, _step.Loss, _step.Outputs);
            _watch.Step(epoch, batch, _step.Loss, _context.Optimizer.LearningRate);
        }
        else
        {
            Skip(fault, batch, isLast);
        }

        _context.Step++;
        _snapshot.PassStep = _step.PassStep;
    }

    private void Skip(string fault, Batch batch, bool isLast)
    {
        string where = Invariant($"{fault} in epoch {_context.Epoch}, step {_context.Step + 1} of {_order.Steps}; that step was not applied.");
        string cause = _step.CauseOfFault(batch);
        if (_options.NonFinite == NonFiniteAction.Throw || (isLast && _sums.Samples == 0))
            throw new TrainingDivergedException($"{where} {cause}", _context.Epoch, _context.Step + 1, _step.Loss, _history);
        _history.SkippedBatches++;
        _watch.Skipped(_context.Epoch, $"{where} {cause}");
    }

    private void Complete(EpochTimes times)
    {
        TimeSpan training = times.Elapsed;
        EvaluationResult? validation = Validate();
        var result = new EpochResult
        {
            Epoch = _context.Epoch,
            Loss = _sums.MeanLoss,
            Accuracy = _sums.Accuracy,
            ValidationLoss = validation?.Loss,
            ValidationAccuracy = validation?.Accuracy,
            Metrics = _sums.Metrics(),
            ValidationMetrics = validation?.Metrics ?? ReadOnlyDictionary<string, double>.Empty,
            DeadUnits = _sums.Units?.DeadUnits(),
            LearningRate = _context.Optimizer.LearningRate,
            Duration = times.Elapsed,
            StepDuration = training / _order.Steps,
        };
        _history.Add(result);
        _callbacks.EpochCompleted(result);
        _options.Progress.EpochCompleted(result);
        _watch.Epoch(result, _sums);
        _context.Step = 0;
        _sums.Clear();
        SaveCheckpoints(default);
    }

    private EvaluationResult? Validate()
    {
        try
        {
            return _validation?.Run(_cancellationToken);
        }
        catch (OperationCanceledException) when (_cancellationToken.IsCancellationRequested)
        {
            throw new TrainingCanceledException(_context.Epoch, _order.Steps, _history, _cancellationToken);
        }
    }

    private void SaveCheckpoints(TimeSpan elapsed)
    {
        foreach (string path in _context.RequestedCheckpoints)
            _snapshot.Save(path, elapsed, _step.Accumulator);
        _context.ForgetCheckpoints();
    }

    // How long an epoch has taken, from one process to the next if it was interrupted.
    private readonly record struct EpochTimes(long Start, TimeSpan Before)
    {
        public TimeSpan Elapsed => Before + Stopwatch.GetElapsedTime(Start);
    }
}
