namespace NetGen;

/// <summary>Gives the batches of a training one after the other.</summary>
internal abstract class BatchReader : IDisposable
{
    /// <summary>Begins to read.</summary>
    /// <param name="source">The samples.</param>
    /// <param name="order">Which of them each step uses.</param>
    /// <param name="plan">Which batches to read.</param>
    /// <param name="newBatch">Allocates a batch.</param>
    /// <param name="prefetch">How many batches to read ahead on a background thread; 0: each is read when it is needed.</param>
    /// <param name="cancellationToken">Ends a wait for a batch.</param>
    public static BatchReader Start(
        ISampleSource source, EpochOrder order, BatchRange plan, Func<Batch> newBatch, int prefetch, CancellationToken cancellationToken)
    {
        var batches = new BatchSequence(source, order, plan);
        return prefetch == 0
            ? new DirectReader(batches, newBatch())
            : new PrefetchingReader(batches, [.. Enumerable.Range(0, prefetch + 1).Select(_ => newBatch())], cancellationToken);
    }

    /// <summary>The next batch; it is valid until the next call.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled while the batch was not there yet.</exception>
    public abstract Batch Next();

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    private sealed class DirectReader(BatchSequence batches, Batch batch) : BatchReader
    {
        public override Batch Next()
        {
            batches.ReadNext(batch);
            return batch;
        }
    }
}
