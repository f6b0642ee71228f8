namespace NetGen;

/// <summary>Evaluates a network on a data set through its prediction, batch by batch. The losses are those of training.</summary>
internal sealed class Evaluator
{
    private readonly INetwork _network;
    private readonly Dataset _data;
    private readonly Batch _batch;
    private readonly float[] _values;
    private readonly float[] _sampleOutputs;
    private readonly int _outputLength;
    private readonly LossFunction _loss;
    private readonly int _threads;

    /// <summary>Allocates what evaluations of this network on this data set need.</summary>
    public Evaluator(INetwork network, Dataset data, int batchSize, int threads)
    {
        batchSize = Math.Min(batchSize, data.Count);
        _network = network;
        _data = data;
        _threads = threads;
        _batch = new Batch(data, batchSize);
        _outputLength = network.Summary.OutputLength;
        _loss = LossFunction.Of(network.Summary);
        _values = new float[checked(batchSize * _outputLength)];
        _sampleOutputs = new float[_outputLength];
    }

    /// <summary>Runs all samples through the network.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, which is looked at before each batch.</exception>
    public EvaluationResult Run(CancellationToken cancellationToken = default)
    {
        ConfusionMatrix? matrix = _loss.Classifies ? new ConfusionMatrix(_outputLength) : null;
        double sum = 0;
        for (int start = 0; start < _data.Count; start += _batch.Capacity)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _batch.Gather(start, Math.Min(_batch.Capacity, _data.Count - start));
            Span<float> values = _values.AsSpan(0, _batch.Count * _outputLength);
            _loss.Predict(_network, _batch.Inputs, values, _threads);
            for (int i = 0; i < _batch.Count; i++)
                sum += Evaluate(values.Slice(i * _outputLength, _outputLength), i, matrix);
        }
        return new EvaluationResult
        {
            Samples = _data.Count,
            Loss = sum / _data.Count,
            Accuracy = (double?)matrix?.Correct / _data.Count,
            ConfusionMatrix = matrix,
        };
    }

    /// <summary>Returns the loss of a sample of the batch, and counts the prediction of a classifier.</summary>
    private float Evaluate(ReadOnlySpan<float> values, int sample, ConfusionMatrix? matrix)
    {
        float loss = _data.HasLabels
            ? _loss.Of(values, _batch.Labels[sample], _sampleOutputs)
            : _loss.Of(values, _batch.Target(sample), _sampleOutputs);
        if (matrix is null)
            return loss;

        // The class with the largest probability, not logit: of probabilities that round to the same, Classify takes the first.
        int predicted = Classes.Largest(_sampleOutputs);
        if (predicted >= 0)
            matrix.Add(_batch.Class(sample), predicted);
        return loss;
    }
}
