using System.Collections;

namespace NetGen;

/// <summary>The results of the epochs of a training, in order: <c>history[^1]</c> is the last.</summary>
public sealed class TrainingHistory : IReadOnlyList<EpochResult>
{
    private readonly List<EpochResult> _epochs = [];

    internal TrainingHistory()
    {
    }

    /// <summary>Number of epochs completed.</summary>
    public int Count => _epochs.Count;

    /// <summary>The result of an epoch.</summary>
    /// <param name="index">Which, counted from 0 (so <c>history[0].Epoch</c> is 1).</param>
    public EpochResult this[int index] => _epochs[index];

    /// <inheritdoc/>
    public IEnumerator<EpochResult> GetEnumerator() => _epochs.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(EpochResult epoch) => _epochs.Add(epoch);
}
