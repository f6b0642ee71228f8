using System.Diagnostics;

using static System.FormattableString;

namespace NetGen;

/// <summary>One run of <see cref="TrainingExtensions.Fit{TNet}"/>: owns the pass, the batch and the samples' order.</summary>
internal sealed class Trainer<TNet>
    where TNet : class, INetwork<TNet>
{
    private readonly TNet _network;
    private readonly Dataset _data;
    private readonly FitOptions _options;
    private readonly ITrainingPass _pass;
    private readonly Batch _batch;
    private readonly Evaluator<TNet>? _validation;
    private readonly int[] _order;
    private readonly int _steps;
    private readonly TrainingHistory _history = new();

    /// <summary>Allocates everything; the steps allocate nothing.</summary>
    public Trainer(TNet network, Dataset data, FitOptions options)
    {
        int batchSize = Math.Min(options.BatchSize, data.Count);
        _network = network;
        _data = data;
        _options = options;
        _pass = network.BeginTraining(batchSize, options.Seed, options.Threads);
        _batch = new Batch(data, batchSize);
        _validation = options.Validation is { } set
            ? new Evaluator<TNet>(network, set, TrainingExtensions.EvaluationBatchSize, options.Threads)
            : null;
        _order = new int[data.Count];
        _steps = (data.Count - 1) / batchSize + 1;
        RandomOrder.FillInOrder(_order);
    }

    /// <summary>Trains, and returns what each epoch gave.</summary>
    public TrainingHistory Run()
    {
        bool complete = false;
        try
        {
            for (int epoch = 1; epoch <= _options.Epochs; epoch++)
            {
                EpochResult result = RunEpoch(epoch);
                _history.Add(result);
                _options.Progress.EpochCompleted(result);
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

    private EpochResult RunEpoch(int epoch)
    {
        if (_options.Shuffle)
            RandomOrder.Fill(_order, _options.Seed, (uint)epoch);
        _options.Progress.EpochStarted(epoch, _options.Epochs, _steps);
        long start = Stopwatch.GetTimestamp();
        var sums = new Sums(TNet.Loss == Loss.CrossEntropy);
        for (int step = 0; step < _steps; step++)
        {
            if (_options.CancellationToken.IsCancellationRequested)
                throw new TrainingCanceledException(epoch, step, _history, _options.CancellationToken);
            RunStep(epoch, step, ref sums);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            _options.Progress.StepCompleted(
                new StepResult(epoch, step + 1, _steps, sums.MeanLoss, sums.Accuracy, seconds));
        }
        double training = Stopwatch.GetElapsedTime(start).TotalSeconds;
        EvaluationResult? validation = Validate(epoch);
        return new EpochResult(epoch, sums.MeanLoss, sums.Accuracy, validation?.Loss, validation?.Accuracy,
            Stopwatch.GetElapsedTime(start).TotalSeconds, training / _steps);
    }

    private void RunStep(int epoch, int step, ref Sums sums)
    {
        int first = step * _batch.Capacity;
        _batch.Gather(_order.AsSpan(first, Math.Min(_batch.Capacity, _order.Length - first)));
        float loss = _data.HasLabels
            ? _pass.Forward(_batch.Inputs, _batch.Labels)
            : _pass.Forward(_batch.Inputs, _batch.Targets);
        if (!float.IsFinite(loss))
            throw Diverged(Invariant($"The loss became {loss}"), epoch, step, loss);
        int correct = sums.IsClassifier ? Classes.CountCorrect(_batch, _pass.Outputs, TNet.OutputLength) : 0;
        sums.Add(loss, _batch.Count, correct);
        _pass.Backward();

        // The loss of the next step shows what went wrong in this one; after the last there is none.
        if (step == _steps - 1 && FirstNotFinite(_pass.Gradients) is { } gradient)
            throw Diverged(Invariant($"A gradient became {_pass.Gradients[gradient]}"), epoch, step, loss);
        if (_options.Schedule is { } schedule)
            _options.Optimizer.LearningRate = schedule(epoch - 1 + (double)step / _steps);
        _options.Optimizer.Step(_pass);
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
            Invariant($"Try a lower learning rate (it is {_options.Optimizer.LearningRate}) or smaller input values.");
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

    /// <summary>Sums over the samples of an epoch.</summary>
    private struct Sums(bool isClassifier)
    {
        private double _loss;
        private int _correct;
        private int _samples;

        public readonly bool IsClassifier => isClassifier;

        public readonly double MeanLoss => _loss / _samples;

        public readonly double? Accuracy => isClassifier ? (double)_correct / _samples : null;

        public void Add(float meanLoss, int samples, int correct)
        {
            _loss += (double)meanLoss * samples;
            _samples += samples;
            _correct += correct;
        }
    }
}
