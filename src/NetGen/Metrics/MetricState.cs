using static System.FormattableString;

namespace NetGen;

/// <summary>
/// A metric over the samples of one run. Adding samples allocates nothing. The value depends on the samples and their order, not on how
/// they are divided into batches.
/// </summary>
/// <remarks>One thread at a time may use it.</remarks>
public abstract class MetricState
{
    /// <summary>A state without samples.</summary>
    /// <param name="context">What the network gives, and the largest number of samples.</param>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    protected MetricState(MetricContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Context = context;
    }

    /// <summary>What the network gives, and the largest number of samples.</summary>
    public MetricContext Context { get; }

    /// <summary>Number of samples since the beginning or the last <see cref="Reset"/>.</summary>
    public int Samples { get; private set; }

    /// <summary>
    /// The metric over these samples, computed on each read; NaN while there are none, and where the metric says so.
    /// </summary>
    public double Value => Samples == 0 ? double.NaN : Compute();

    /// <summary>Adds samples.</summary>
    /// <param name="batch">The samples.</param>
    /// <exception cref="ArgumentException">They come from a network with other outputs or classes.</exception>
    /// <exception cref="InvalidOperationException">There would be more samples than <see cref="MetricContext.MaxSamples"/>.</exception>
    public void Add(MetricBatch batch)
    {
        if (batch.Count == 0)
            return;
        if (batch.Context.OutputLength != Context.OutputLength || batch.Context.Classes != Context.Classes)
        {
            throw new ArgumentException(
                Invariant($"The metric began with {Context.OutputLength} outputs and {Context.Classes} classes, but the batch has ") +
                Invariant($"{batch.Context.OutputLength} outputs and {batch.Context.Classes} classes."),
                nameof(batch));
        }
        if (batch.Count > Context.MaxSamples - Samples)
        {
            throw new InvalidOperationException(
                Invariant($"The metric began with at most {Context.MaxSamples} samples; it has {Samples}, and {batch.Count} more were added."));
        }

        AddSamples(batch);
        Samples += batch.Count;
    }

    /// <summary>Removes all samples, for another epoch say. The memory is kept.</summary>
    public void Reset()
    {
        Samples = 0;
        Clear();
    }

    /// <summary>Writes the samples so far into a checkpoint, or reads them back.</summary>
    internal void Exchange(StateExchange values)
    {
        int samples = Samples;
        values.Value(ref samples);
        if (samples < 0 || samples > Context.MaxSamples)
            throw new InvalidDataException(Invariant($"The checkpoint has {samples} samples of a metric, which has at most {Context.MaxSamples}."));
        Samples = samples;
        long before = values.Position;
        ExchangeState(values);
        KeepsState = values.Position > before;
    }

    /// <summary>Whether the last exchange had more than the number of samples.</summary>
    internal bool KeepsState { get; private set; }

    /// <summary>
    /// Names the fields that hold the samples so far, so that a checkpoint in the middle of an epoch keeps them. A state that does not override it
    /// is NaN for an epoch in which training resumed.
    /// </summary>
    /// <param name="values">Writes or reads each field that it is given.</param>
    protected virtual void ExchangeState(StateExchange values)
    {
    }

    /// <summary>
    /// Adds samples, one after the other; must allocate nothing. <see cref="Samples"/> is still the number before them.
    /// </summary>
    /// <param name="batch">At least one sample, of a network as in <see cref="Context"/>.</param>
    protected abstract void AddSamples(MetricBatch batch);

    /// <summary>The metric over all samples; there is at least one.</summary>
    protected abstract double Compute();

    /// <summary>Removes all samples.</summary>
    protected abstract void Clear();
}
