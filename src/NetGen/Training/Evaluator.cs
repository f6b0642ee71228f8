namespace NetGen;

/// <summary>Evaluates a network on a data set through its prediction, batch by batch.</summary>
internal sealed class Evaluator<TNet>
    where TNet : class, INetwork<TNet>
{
    /// <summary>Smallest probability that is told from 0: the loss of a sample is at most 87.3.</summary>
    private const float Tiny = 1.17549435e-38f;

    private readonly TNet _network;
    private readonly Dataset _data;
    private readonly Batch _batch;
    private readonly float[] _outputs;
    private readonly int _threads;

    /// <summary>Allocates what evaluations of this network on this data set need.</summary>
    public Evaluator(TNet network, Dataset data, int batchSize, int threads)
    {
        batchSize = Math.Min(batchSize, data.Count);
        _network = network;
        _data = data;
        _threads = threads;
        _batch = new Batch(data, batchSize);
        _outputs = new float[checked(batchSize * TNet.OutputLength)];
    }

    /// <summary>Runs all samples through the network.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, which is looked at before each batch.</exception>
    public EvaluationResult Run(CancellationToken cancellationToken = default)
    {
        ConfusionMatrix? matrix = TNet.Loss == Loss.CrossEntropy ? new ConfusionMatrix(TNet.OutputLength) : null;
        double sum = 0;
        for (int start = 0; start < _data.Count; start += _batch.Capacity)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _batch.Gather(start, Math.Min(_batch.Capacity, _data.Count - start));
            _network.Predict(_batch.Inputs, _outputs.AsSpan(0, _batch.Count * TNet.OutputLength), _threads);
            for (int i = 0; i < _batch.Count; i++)
            {
                ReadOnlySpan<float> output = _outputs.AsSpan(i * TNet.OutputLength, TNet.OutputLength);
                if (matrix is null)
                {
                    sum += SquaredError(output, _batch.Target(i));
                    continue;
                }
                sum += _data.HasLabels ? CrossEntropy(output, _batch.Labels[i]) : CrossEntropy(output, _batch.Target(i));
                int predicted = Classes.Largest(output);
                if (predicted >= 0)
                    matrix.Add(_batch.Class(i), predicted);
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

    // MathF.Max hands a NaN on, so that a diverged network is not hidden.
    private static double CrossEntropy(ReadOnlySpan<float> probabilities, int label) =>
        -Math.Log(MathF.Max(probabilities[label], Tiny));

    private static double CrossEntropy(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> targets)
    {
        double sum = 0;
        for (int i = 0; i < targets.Length; i++)
            sum += targets[i] * CrossEntropy(probabilities, i);
        return sum;
    }

    private static double SquaredError(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        double sum = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double error = (double)outputs[i] - targets[i];
            sum += error * error;
        }
        return sum / targets.Length;
    }
}
