using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Which units of the <c>ReLU</c> layers were positive for a sample since the last <see cref="Reset"/>. A unit is a value of flat features, and a channel
/// over all positions of an image. It is looked at before a <c>Dropout</c> that follows, so a dropped unit counts as what it is.
/// </summary>
/// <remarks>
/// Of a <c>Dropout</c> that stands before the <c>ReLU</c>, the activation sees only what was kept. Positions that a pooling right after the activation
/// does not use do not count.
/// </remarks>
public sealed class UnitActivity
{
    private readonly TrainingPlan _plan;
    private readonly AlignedBuffer _largest;

    internal UnitActivity(TrainingPlan plan, AlignedBuffer largest)
    {
        _plan = plan;
        _largest = largest;
    }

    /// <summary>How many samples went through the network since the last <see cref="Reset"/>.</summary>
    public long Samples { get; private set; }

    /// <summary>
    /// The units that were not positive for any sample since the last <see cref="Reset"/>. After all samples of an epoch these are dead. The result is the same for any
    /// number of threads; a unit that was not a number does not count as dead.
    /// </summary>
    public DeadUnitReport DeadUnits() => new(
    [
        .. _plan.Units.Select(layer => new LayerDeadUnits(
            layer.Layer, layer.Count, Samples == 0 ? [] : [.. Enumerable.Range(0, layer.Count).Where(unit => !WasPositive(layer.Offset + unit))])),
    ]);

    /// <summary>Forgets all samples; <c>Fit</c> does so at the beginning of each epoch.</summary>
    public void Reset()
    {
        _largest.Span.Clear();
        Samples = 0;
    }

    internal void Add(int samples) => Samples += samples;

    /// <summary>Writes which units were positive, for a checkpoint within an epoch.</summary>
    internal void Save(CheckpointValues values)
    {
        byte[] positive = [.. _plan.Units.SelectMany(layer => Enumerable.Range(layer.Offset, layer.Count)).Select(unit => WasPositive(unit) ? (byte)1 : (byte)0)];
        values.Set("active_samples", Samples);
        values.Set("active_units", Convert.ToBase64String(positive));
    }

    /// <summary>Goes on from a checkpoint.</summary>
    /// <exception cref="InvalidDataException">The checkpoint has another number of units, or none.</exception>
    internal void Restore(CheckpointValues values)
    {
        int count = _plan.Units.Sum(layer => layer.Count);
        byte[] positive = new byte[count + 1];
        if (!Convert.TryFromBase64String(values.GetText("active_units") ?? "", positive, out int written) || written != count)
            throw new InvalidDataException("The checkpoint lies within an epoch and has not counted the units of this network. Resume from one at the end of an epoch.");
        Reset();
        Samples = values.GetInteger("active_samples", least: 0);
        int next = 0;
        foreach (int unit in _plan.Units.SelectMany(layer => Enumerable.Range(layer.Offset, layer.Count)))
            _largest.Span[unit] = positive[next++];
    }

    // A NaN is larger than 0 here: a network that has diverged is not dead.
    private bool WasPositive(int unit)
    {
        for (int place = unit; place < _largest.Span.Length; place += _plan.UnitsLength)
        {
            if (!(_largest.Span[place] <= 0))
                return true;
        }

        return false;
    }
}
