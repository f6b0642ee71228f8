namespace NetGen;

/// <summary>Evaluates a network on a data set through its prediction, batch by batch. The losses are those of training.</summary>
internal sealed class Evaluator
{
    private readonly INetwork _network;
    private readonly ISampleSource _data;
    private readonly Batch _batch;
    private readonly float[] _values;
    private readonly float[] _outputs;
    private readonly MetricStates _metrics;
    private readonly int _outputLength;
    private readonly int _classes;
    private readonly LossFunction _loss;
    private readonly int _threads;

    /// <summary>Allocates what evaluations of this network on this data set need.</summary>
    public Evaluator(INetwork network, ISampleSource data, int batchSize, int threads, IReadOnlyList<Metric> metrics)
    {
        batchSize = Math.Min(batchSize, data.Count);
        _network = network;
        _data = data;
        _threads = threads;
        _batch = new Batch(data, batchSize, network.Summary);
        _outputLength = network.Summary.OutputLength;
        _loss = LossFunction.Of(network.Summary);
        _classes = _loss.Classes(_outputLength);
        _values = new float[checked(batchSize * _outputLength)];
        _outputs = new float[_values.Length];
        _metrics = new MetricStates(metrics, network.Summary, data.Count);
    }

    /// <summary>Runs all samples through the network.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, which is looked at before each batch.</exception>
    public EvaluationResult Run(CancellationToken cancellationToken = default)
    {
        ConfusionMatrix? matrix = _classes > 0 ? new ConfusionMatrix(_classes) : null;
        _metrics.Reset();
        double sum = 0;
        double weight = 0;
        int counted = 0;
        for (int start = 0; start < _data.Count; start += _batch.Capacity)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _batch.Read(start, Math.Min(_batch.Capacity, _data.Count - start));
            Span<float> values = _values.AsSpan(0, _batch.Count * _outputLength);
            _loss.Predict(_network, _batch.Inputs, values, _threads);
            for (int i = 0; i < _batch.Count; i++)
            {
                sum += _batch.Weight(i) * Evaluate(values.Slice(i * _outputLength, _outputLength), i, matrix);
                counted += _batch.Counts(i) ? 1 : 0;
            }

            weight += _batch.TotalWeight;
            _metrics.Add(_batch, _outputs.AsSpan(0, values.Length));
        }
        return new EvaluationResult
        {
            Samples = _data.Count,
            Loss = sum / weight,
            Accuracy = (double?)matrix?.Correct / counted,
            ConfusionMatrix = matrix,
            Metrics = _metrics.Values(),
        };
    }

    /// <summary>Predicts all samples.</summary>
    /// <returns>The outputs, sample after sample.</returns>
    public static float[] Predict(INetwork network, ISampleSource data, int batchSize, int threads)
    {
        int length = network.Summary.OutputLength;
        float[] outputs = new float[checked(data.Count * length)];
        var batch = new Batch(data, Math.Min(batchSize, data.Count), network.Summary) { IsForInputsOnly = true };
        for (int start = 0; start < data.Count; start += batch.Capacity)
        {
            batch.Read(start, Math.Min(batch.Capacity, data.Count - start));
            network.Predict(batch.Inputs, outputs.AsSpan(start * length, batch.Count * length), threads);
        }

        return outputs;
    }

    /// <summary>Returns the loss of a sample of the batch, and counts the prediction of a classifier.</summary>
    private float Evaluate(ReadOnlySpan<float> values, int sample, ConfusionMatrix? matrix)
    {
        Span<float> outputs = _outputs.AsSpan(sample * _outputLength, _outputLength);
        float loss = _batch.HasLabels
            ? _loss.Of(values, _batch.Labels[sample], outputs)
            : _loss.Of(values, _batch.Target(sample), outputs);
        if (matrix is null || !_batch.Counts(sample))
            return loss;

        // The class with the largest probability, not logit: of probabilities that round to the same, Classify takes the first.
        int predicted = Classes.Of(outputs, _classes);
        if (predicted >= 0)
            matrix.Add(_batch.Class(sample), predicted);
        return loss;
    }
}
