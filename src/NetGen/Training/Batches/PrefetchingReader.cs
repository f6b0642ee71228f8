using System.Runtime.ExceptionServices;

namespace NetGen;

/// <summary>
/// Reads batches ahead on a background thread, into a ring of batches. After its first turn around the ring it allocates nothing.
/// </summary>
/// <remarks>An exception of the source is thrown by the call of <see cref="Next"/> that would have given the batch.</remarks>
internal sealed class PrefetchingReader : BatchReader
{
    private readonly BatchSequence _batches;
    private readonly Batch[] _ring;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _registration;
    private readonly Thread _thread;
    private readonly object _gate = new();

    // Guarded by the gate. The batches from _taken to _read are full; the one before _taken belongs to the caller of Next.
    private long _read;
    private long _taken;
    private bool _isStopped;
    private ExceptionDispatchInfo? _error;

    /// <summary>Starts the thread.</summary>
    /// <param name="batches">What to read.</param>
    /// <param name="ring">At least two batches: one is in use while the others are read.</param>
    /// <param name="cancellationToken">Ends a wait for a batch.</param>
    public PrefetchingReader(BatchSequence batches, Batch[] ring, CancellationToken cancellationToken)
    {
        _batches = batches;
        _ring = ring;
        _cancellationToken = cancellationToken;
        _registration = cancellationToken.Register(static reader => ((PrefetchingReader)reader!).Wake(), this);
        _thread = new Thread(ReadAll) { IsBackground = true, Name = "NetGen prefetch" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public override Batch Next()
    {
        lock (_gate)
        {
            while (_taken == _read && _error is null)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                Monitor.Wait(_gate);
            }

            if (_taken == _read)
                _error!.Throw();
            _taken++;
            Monitor.PulseAll(_gate);
            return _ring[(_taken - 1) % _ring.Length];
        }
    }

    /// <summary>
    /// Stops the thread. It waits for the sample that is being read, unless the token was cancelled: a source that never returns would
    /// otherwise keep a cancelled training from ending.
    /// </summary>
    public override void Dispose()
    {
        _registration.Dispose();
        _batches.Stop();
        lock (_gate)
        {
            _isStopped = true;
            Monitor.PulseAll(_gate);
        }

        if (!_cancellationToken.IsCancellationRequested)
            _thread.Join();
    }

    private void Wake()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    private void ReadAll()
    {
        try
        {
            while (!_batches.IsAtEnd && WaitForRoom() && _batches.ReadNext(_ring[_read % _ring.Length]))
            {
                lock (_gate)
                {
                    _read++;
                    Monitor.PulseAll(_gate);
                }
            }
        }
        catch (Exception error)
        {
            lock (_gate)
            {
                _error = ExceptionDispatchInfo.Capture(error);
                Monitor.PulseAll(_gate);
            }
        }
    }

    // Whether a batch of the ring is free; false when reading is to end. The batch that Next gave last is not free.
    private bool WaitForRoom()
    {
        lock (_gate)
        {
            while (!_isStopped && _read - Math.Max(0, _taken - 1) >= _ring.Length)
                Monitor.Wait(_gate);
            return !_isStopped;
        }
    }
}
