namespace NetGen;

/// <summary>Sums over the samples of an epoch, each with the outputs and loss of its own step.</summary>
/// <param name="isClassifier">Whether outputs are class probabilities.</param>
internal struct EpochSums(bool isClassifier)
{
    private const int None = -1;

    private double _loss;
    private int _correct;
    private int _predicted = None;
    private int _actual = None;
    private bool _severalPredicted;
    private bool _severalActual;

    /// <summary>Number of samples so far.</summary>
    public int Samples { get; private set; }

    /// <summary>Their mean loss.</summary>
    public readonly double MeanLoss => _loss / Samples;

    /// <summary>Share of them whose largest output is their class; <see langword="null"/> for a network that is no classifier.</summary>
    public readonly double? Accuracy => isClassifier ? (double)_correct / Samples : null;

    /// <summary>
    /// The class that was predicted for all samples; <see langword="null"/> if several were, or if all samples belong to one class.
    /// </summary>
    public readonly int? OnlyPrediction => _predicted != None && !_severalPredicted && _severalActual ? _predicted : null;

    /// <summary>Adds the samples of a batch.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="meanLoss">Their mean loss.</param>
    /// <param name="outputs">The network's outputs for them.</param>
    public void Add(Batch batch, float meanLoss, ReadOnlySpan<float> outputs)
    {
        _loss += (double)meanLoss * batch.Count;
        Samples += batch.Count;
        if (!isClassifier)
            return;
        int classes = outputs.Length / batch.Count;
        for (int i = 0; i < batch.Count; i++)
        {
            int predicted = Classes.Largest(outputs.Slice(i * classes, classes));
            int actual = batch.Class(i);
            if (predicted == actual)
                _correct++;
            _severalPredicted |= predicted != _predicted && _predicted != None;
            _severalActual |= actual != _actual && _actual != None;
            _predicted = predicted;
            _actual = actual;
        }
    }
}
