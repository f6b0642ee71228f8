using NetGen.CompilerServices;
using static System.FormattableString;

namespace NetGen;

/// <summary>How a training pass is made; see <see cref="INetwork.BeginTraining(TrainingOptions)"/>.</summary>
public sealed class TrainingOptions
{
    private readonly int _batchSize = 32;
    private readonly int _threads;
    private readonly long _step;

    /// <summary>The largest batch, in samples; at least 1, 32 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int BatchSize
    {
        get => _batchSize;
        init => _batchSize = (int)AtLeast(1, value, nameof(BatchSize));
    }

    /// <summary>The seed of the dropout masks, which also depend on the step.</summary>
    [NetworkMember(NetworkMemberRole.Seed)]
    public ulong Seed { get; init; }

    /// <summary>
    /// How many threads at most share a batch; 0, the default, is one for each processor. The results are bitwise the same
    /// for every number.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Threads
    {
        get => _threads;
        init => _threads = (int)AtLeast(0, value, nameof(Threads));
    }

    /// <summary>
    /// How many steps were done before, 0 unless set: a pass that begins at step n uses the dropout masks that a pass from
    /// step 0 uses after n steps.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    [NetworkMember(NetworkMemberRole.FirstStep)]
    public long Step
    {
        get => _step;
        init => _step = AtLeast(0, value, nameof(Step));
    }

    /// <summary>The options, in the manner of a record.</summary>
    public override string ToString() =>
        Invariant($"TrainingOptions {{ BatchSize = {BatchSize}, Seed = {Seed}, Threads = {Threads}, Step = {Step} }}");

    private static long AtLeast(long least, long value, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), Invariant($"{name} must be at least {least}, but got {value}."));
}
