using NetGen.CompilerServices;

namespace NetGen;

/// <summary>Evaluates a network on a data set through its prediction, batch by batch. The losses are those of training.</summary>
internal sealed class Evaluator
{
    private readonly INetwork _network;
    private readonly Dataset _data;
    private readonly Batch _batch;
    private readonly float[] _outputs;
    private readonly float[] _probabilities;
    private readonly int _outputLength;
    private readonly bool _isClassifier;
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
        _isClassifier = network.Summary.Loss == Loss.CrossEntropy;
        _outputs = new float[checked(batchSize * _outputLength)];
        _probabilities = new float[_outputLength];
    }

    /// <summary>Runs all samples through the network.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, which is looked at before each batch.</exception>
    public EvaluationResult Run(CancellationToken cancellationToken = default)
    {
        ConfusionMatrix? matrix = _isClassifier ? new ConfusionMatrix(_outputLength) : null;
        double sum = 0;
        for (int start = 0; start < _data.Count; start += _batch.Capacity)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _batch.Gather(start, Math.Min(_batch.Capacity, _data.Count - start));
            Span<float> outputs = _outputs.AsSpan(0, _batch.Count * _outputLength);
            if (matrix is null)
                _network.Predict(_batch.Inputs, outputs, _threads);
            else
                PredictLogits(outputs);
            for (int i = 0; i < _batch.Count; i++)
            {
                ReadOnlySpan<float> output = outputs.Slice(i * _outputLength, _outputLength);
                sum += matrix is null ? Heads.MeanSquaredError(output, _batch.Target(i)) : Classify(output, i, matrix);
            }
        }
        return new EvaluationResult
        {
            Samples = _data.Count,
            Loss = sum / _data.Count,
            Accuracy = (double?)matrix?.Correct / _data.Count,
            ConfusionMatrix = matrix,
        };
    }

    private void PredictLogits(Span<float> logits)
    {
        if (_network is ILogits network)
        {
            network.PredictLogits(_batch.Inputs, logits, _threads);
            return;
        }

        // The softmax of the logarithms of probabilities is those probabilities.
        _network.Predict(_batch.Inputs, logits, _threads);
        foreach (ref float value in logits)
            value = MathF.Log(value);
    }

    /// <summary>Counts the prediction for a sample of the batch and returns its cross-entropy.</summary>
    private float Classify(ReadOnlySpan<float> logits, int sample, ConfusionMatrix matrix)
    {
        float loss = _data.HasLabels
            ? Heads.CrossEntropy(logits, _batch.Labels[sample], _probabilities)
            : Heads.CrossEntropy(logits, _batch.Target(sample), _probabilities);

        // The class with the largest probability, not logit: of probabilities that round to the same, Classify takes the first.
        int predicted = Classes.Largest(_probabilities);
        if (predicted >= 0)
            matrix.Add(_batch.Class(sample), predicted);
        return loss;
    }
}
