using System.Runtime.ExceptionServices;

namespace NetGen;

/// <summary>The callbacks of a training, in their order.</summary>
internal sealed class CallbackList(IReadOnlyList<TrainingCallback> callbacks, TrainingContext training)
{
    private int _started;

    /// <summary>Tells all that training begins.</summary>
    public void TrainingStarted()
    {
        foreach (TrainingCallback callback in callbacks)
        {
            _started++;
            callback.TrainingStarted(training);
        }
    }

    /// <summary>Tells all that an epoch begins.</summary>
    public void EpochStarted()
    {
        foreach (TrainingCallback callback in callbacks)
            callback.EpochStarted(training);
    }

    /// <summary>Tells all that a step is done.</summary>
    public void StepCompleted()
    {
        // By index: an enumerator of the interface would be allocated in each step.
        for (int i = 0; i < callbacks.Count; i++)
            callbacks[i].StepCompleted(training);
    }

    /// <summary>Tells all that an epoch is done.</summary>
    public void EpochCompleted(EpochResult epoch)
    {
        foreach (TrainingCallback callback in callbacks)
            callback.EpochCompleted(training, epoch);
    }

    /// <summary>Tells all that were started that training ends, and throws the first exception that there was.</summary>
    /// <param name="error">What ends the training, or <see langword="null"/>.</param>
    public void TrainingEnded(ExceptionDispatchInfo? error)
    {
        ExceptionDispatchInfo? first = error;
        for (int i = 0; i < _started; i++)
        {
            try
            {
                callbacks[i].TrainingEnded(training, error?.SourceException);
            }
            catch (Exception later)
            {
                first ??= ExceptionDispatchInfo.Capture(later);
            }
        }

        first?.Throw();
    }
}
