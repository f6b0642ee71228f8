namespace NetGen;

/// <summary>Sums over the samples of an epoch, each with the outputs and loss of its own step.</summary>
/// <param name="classes">The number of classes; 0 for a network that is no classifier.</param>
/// <param name="metrics">The metrics over these samples.</param>
internal sealed class EpochSums(int classes, MetricStates metrics)
{
    private const int None = -1;

    private double _loss;
    private double _weight;
    private int _correct;
    private int _predicted = None;
    private int _actual = None;
    private bool _severalPredicted;
    private bool _severalActual;

    /// <summary>The activity of the units in the epoch; null if the network does not track it.</summary>
    public UnitActivity? Units { get; set; }

    /// <summary>Number of samples so far that count in losses and metrics.</summary>
    public int Samples { get; private set; }

    /// <summary>Their mean loss, each counted with its weight.</summary>
    public double MeanLoss => _loss / _weight;

    /// <summary>Share of them whose largest output is their class; <see langword="null"/> for a network that is no classifier.</summary>
    public double? Accuracy => classes > 0 ? (double)_correct / Samples : null;

    /// <summary>
    /// The class that was predicted for all samples; <see langword="null"/> if several were, or if all samples belong to one class.
    /// </summary>
    public int? OnlyPrediction => _predicted != None && !_severalPredicted && _severalActual ? _predicted : null;

    /// <summary>The values of the metrics, by name.</summary>
    public IReadOnlyDictionary<string, double> Metrics() => metrics.Values();

    /// <summary>Adds the samples of a batch.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="meanLoss">Their mean loss.</param>
    /// <param name="outputs">The network's outputs for them.</param>
    public void Add(Batch batch, float meanLoss, ReadOnlySpan<float> outputs)
    {
        _loss += meanLoss * batch.TotalWeight;
        _weight += batch.TotalWeight;
        metrics.Add(batch, outputs);
        int length = outputs.Length / batch.Count;
        for (int i = 0; i < batch.Count; i++)
        {
            if (!batch.Counts(i))
                continue;
            Samples++;
            if (classes == 0)
                continue;
            int predicted = Classes.Of(outputs.Slice(i * length, length), classes);
            int actual = batch.Class(i);
            if (predicted == actual)
                _correct++;
            _severalPredicted |= predicted != _predicted && _predicted != None;
            _severalActual |= actual != _actual && _actual != None;
            _predicted = predicted;
            _actual = actual;
        }
    }

    /// <summary>Begins another epoch.</summary>
    public void Clear()
    {
        metrics.Reset();
        Units?.Reset();
        Samples = 0;
        _loss = 0;
        _weight = 0;
        _correct = 0;
        _predicted = None;
        _actual = None;
        _severalPredicted = false;
        _severalActual = false;
    }

    /// <summary>Writes the sums into a checkpoint.</summary>
    public void Save(CheckpointValues values)
    {
        metrics.Save(values);
        Units?.Save(values);
        values.Set("samples", Samples);
        values.Set("loss", _loss);
        values.Set("weight", _weight);
        values.Set("correct", _correct);
        values.Set("predicted", _predicted);
        values.Set("actual", _actual);
        values.Set("several_predicted", _severalPredicted ? 1 : 0);
        values.Set("several_actual", _severalActual ? 1 : 0);
    }

    /// <summary>Goes on with the sums of a checkpoint, but for <see cref="Units"/>, which belong to a pass that begins later.</summary>
    public void Restore(CheckpointValues values)
    {
        Samples = values.GetInt32("samples", least: 0);
        metrics.Restore(values, Samples);
        _loss = values.GetNumber("loss");
        _weight = values.GetNumber("weight");
        _correct = values.GetInt32("correct");
        _predicted = values.GetInt32("predicted");
        _actual = values.GetInt32("actual");
        _severalPredicted = values.GetInteger("several_predicted") != 0;
        _severalActual = values.GetInteger("several_actual") != 0;
    }
}
