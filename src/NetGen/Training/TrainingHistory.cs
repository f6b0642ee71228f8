using System.Collections;

namespace NetGen;

/// <summary>The results of the epochs of a training, in order: <c>history[^1]</c> is the last.</summary>
public sealed class TrainingHistory : IReadOnlyList<EpochResult>
{
    private readonly List<EpochResult> _epochs = [];
    private readonly List<TrainingWarning> _warnings = [];

    internal TrainingHistory()
    {
    }

    /// <summary>Number of epochs completed.</summary>
    public int Count => _epochs.Count;

    /// <summary>The signs of usual mistakes that training showed, in the order in which they were seen; mostly there are none.</summary>
    public IReadOnlyList<TrainingWarning> Warnings => _warnings.AsReadOnly();

    /// <summary>The result of an epoch.</summary>
    /// <param name="index">Which, counted from 0 (so <c>history[0].Epoch</c> is 1).</param>
    public EpochResult this[int index] => _epochs[index];

    /// <inheritdoc/>
    public IEnumerator<EpochResult> GetEnumerator() => _epochs.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(EpochResult epoch) => _epochs.Add(epoch);

    internal void Add(TrainingWarning warning) => _warnings.Add(warning);
}
