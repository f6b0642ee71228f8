namespace NetGen;

/// <summary>Reads the batches of a training in their order.</summary>
internal sealed class BatchSequence
{
    private readonly ISampleSource _source;
    private readonly EpochOrder _order;
    private readonly int _lastEpoch;
    private int _epoch;
    private int _step;
    private bool _hasStarted;
    private volatile bool _isStopped;

    /// <summary>Begins before the first batch.</summary>
    /// <param name="source">The samples.</param>
    /// <param name="order">Which of them each step uses.</param>
    /// <param name="range">Which batches to read.</param>
    public BatchSequence(ISampleSource source, EpochOrder order, BatchRange range)
    {
        _source = source;
        _order = order;
        _lastEpoch = range.LastEpoch;
        _epoch = range.FirstStep == order.Steps ? range.FirstEpoch + 1 : range.FirstEpoch;
        _step = range.FirstStep % order.Steps;
    }

    /// <summary>Whether every batch was read.</summary>
    public bool IsAtEnd => _epoch > _lastEpoch;

    /// <summary>No batch is begun from now on. One that is being read is still read to its end.</summary>
    public void Stop() => _isStopped = true;

    /// <summary>Reads the next batch.</summary>
    /// <returns>Whether it was read; false after <see cref="Stop"/>.</returns>
    public bool ReadNext(Batch batch)
    {
        if (!_hasStarted && _source.IsSequential)
            PassOver(batch);
        _hasStarted = true;
        if (!Read(batch, _step))
            return false;
        if (++_step < _order.Steps)
            return true;
        _step = 0;
        _epoch++;
        return true;
    }

    // After a cancelled training another one may read the source while the thread of the first still runs. It must not take the lock once more.
    private bool Read(Batch batch, int step)
    {
        lock (_source)
        {
            if (_isStopped)
                return false;
            batch.Read(_order.Of(_epoch, step), _epoch);
            return true;
        }
    }

    // A sequential source can only be read from the start of an epoch on.
    private void PassOver(Batch batch)
    {
        for (int step = 0; step < _step && Read(batch, step); step++)
        {
        }
    }
}
