using static System.FormattableString;

namespace NetGen;

/// <summary>The metrics of one run: the epochs of a training, or a validation.</summary>
internal sealed class MetricStates
{
    private readonly MetricContext _context;
    private readonly MetricState[] _states;
    private readonly string[] _names;
    private readonly bool[] _isPartial;

    /// <summary>Allocates what the metrics need.</summary>
    /// <param name="metrics">The metrics.</param>
    /// <param name="network">The network.</param>
    /// <param name="samples">The largest number of samples in an epoch.</param>
    /// <exception cref="ArgumentException">A metric does not suit the network.</exception>
    public MetricStates(IReadOnlyList<Metric> metrics, NetworkSummary network, int samples)
    {
        _context = MetricContext.Of(network, samples);
        _states = [.. metrics.Select(metric => metric.Begin(_context))];
        _names = [.. metrics.Select(metric => metric.Name)];
        _isPartial = new bool[_states.Length];
    }

    /// <summary>Whether there are no metrics.</summary>
    public bool IsEmpty => _states.Length == 0;

    /// <summary>Adds the samples of a batch.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="outputs">The network's outputs for them.</param>
    public void Add(Batch batch, ReadOnlySpan<float> outputs)
    {
        // Runs of samples between ignored ones.
        int length = outputs.Length / batch.Count;
        for (int end, begin = 0; !IsEmpty && begin < batch.Count; begin = end + 1)
        {
            end = begin;
            while (end < batch.Count && batch.Counts(end))
                end++;
            if (end > begin)
                Add(batch, begin, end, outputs[(begin * length)..(end * length)]);
        }
    }

    /// <summary>The value of each metric, by name.</summary>
    public IReadOnlyDictionary<string, double> Values()
    {
        var values = new Dictionary<string, double>(_states.Length, StringComparer.Ordinal);
        for (int i = 0; i < _states.Length; i++)
            values.Add(_names[i], _isPartial[i] ? double.NaN : _states[i].Value);
        return values;
    }

    /// <summary>Removes all samples.</summary>
    public void Reset()
    {
        foreach (MetricState state in _states)
            state.Reset();
        Array.Clear(_isPartial);
    }

    /// <summary>Writes the samples so far into a checkpoint.</summary>
    public void Save(CheckpointValues values)
    {
        for (int i = 0; i < _states.Length; i++)
        {
            var exchange = new StateExchange();
            _states[i].Exchange(exchange);
            values.Set(Key(i), exchange.ToText());
        }
    }

    /// <summary>Goes on with the samples of a checkpoint.</summary>
    /// <param name="values">The checkpoint.</param>
    /// <param name="samples">How many samples there are.</param>
    /// <exception cref="InvalidDataException">They are not those of these metrics.</exception>
    public void Restore(CheckpointValues values, int samples)
    {
        for (int i = 0; i < _states.Length; i++)
        {
            StateExchange exchange;
            try
            {
                exchange = new StateExchange(values.GetText(Key(i)) ?? "");
            }
            catch (FormatException)
            {
                throw new InvalidDataException($"The checkpoint's state of the metric {_names[i]} is damaged.");
            }

            _states[i].Exchange(exchange);
            if (!exchange.IsAtEnd)
                throw new InvalidDataException($"The checkpoint has more values of the metric {_names[i]} than it needs.");
            if (_states[i].Samples != samples)
                throw new InvalidDataException(Invariant($"The checkpoint has {_states[i].Samples} samples of the metric {_names[i]}, but {samples} of the epoch."));
            _isPartial[i] = _states[i].Samples > 0 && !_states[i].KeepsState;
        }
    }

    private void Add(Batch batch, int begin, int end, ReadOnlySpan<float> outputs)
    {
        MetricBatch samples = batch.HasLabels
            ? new MetricBatch(_context, outputs, batch.Labels[begin..end])
            : new MetricBatch(_context, outputs, batch.Targets.Slice(begin * _context.OutputLength, outputs.Length));
        foreach (MetricState state in _states)
            state.Add(samples);
    }

    private string Key(int metric) => $"metric {_names[metric]}";
}
