using static System.FormattableString;

namespace NetGen;

/// <summary>
/// Writes which units are dead, after each epoch in which there are any, with what may help the first time. The network must be declared with
/// <see cref="NetworkAttribute.TrackDeadUnits"/>.
/// </summary>
public sealed class DeadUnitLog : TrainingCallback
{
    private readonly TextWriter _output;
    private bool _hasAdvised;

    /// <summary>Writes to the console.</summary>
    public DeadUnitLog()
        : this(Console.Out)
    {
    }

    /// <summary>Writes to a writer.</summary>
    /// <param name="output">The writer; it stays open.</param>
    public DeadUnitLog(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The network does not track dead units.</exception>
    public override void TrainingStarted(TrainingContext training)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (!training.TracksDeadUnits)
            throw new InvalidOperationException($"{training.Network.Summary.Name} has no dead units to report: declare it with [Network(TrackDeadUnits = true)] and a ReLU layer.");
        _hasAdvised = false;
    }

    /// <inheritdoc/>
    public override void EpochCompleted(TrainingContext training, EpochResult epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        if (epoch.DeadUnits is not { Dead: > 0 } units)
            return;
        foreach (string line in units.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
            _output.WriteLine(Invariant($"epoch {epoch.Epoch}: {line}"));
        if (!_hasAdvised)
            _output.WriteLine("A dead unit gives 0 for every sample, so its gradient is 0 and it never comes back. LeakyReLU or PReLU instead of ReLU, a lower learning rate or He initialisation may help.");
        _hasAdvised = true;
    }
}
