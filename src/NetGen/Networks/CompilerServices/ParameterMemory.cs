using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>
/// The parameters of one network, in the order in which the kernels read them, with a version that every write increments: weights
/// that were packed (transposed, flipped) are stale when the version has changed.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ParameterMemory : AlignedBuffer
{
    private readonly ParameterTable _table;
    private readonly ParameterView?[] _views;
    private TrainingRunner? _monteCarlo;
    private long _version;
    private long _weightVersion;

    /// <summary>Allocates the memory; every parameter is 0.</summary>
    /// <param name="table">The network's parameters.</param>
    public ParameterMemory(ParameterTable table)
        : base((table ?? throw new ArgumentNullException(nameof(table))).Count)
    {
        _table = table;
        _views = new ParameterView?[table.Parameters.Length];
    }

    /// <summary>Allocates the memory and draws initial values.</summary>
    /// <param name="table">The network's parameters.</param>
    /// <param name="seed">Decides the values: equal seeds, equal values.</param>
    public ParameterMemory(ParameterTable table, ulong seed)
        : this(table) => table.Initialize(Span, seed);

    /// <summary>How often parameters were written.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>As <see cref="Version"/>, without the statistics that training itself writes: gradients do not depend on these.</summary>
    internal long WeightVersion => Volatile.Read(ref _weightVersion);

    /// <summary>All parameters, read-only.</summary>
    public ReadOnlySpan<float> Values => Span;

    /// <summary>What predictions compute from the parameters.</summary>
    internal PreparedParameters Prepared { get; } = new();

    /// <summary>
    /// Takes the pass that the last Monte Carlo prediction with these parameters has left. While it is taken, other threads get none, and make their own.
    /// </summary>
    /// <param name="passes">How many predictions are wanted.</param>
    /// <returns>The pass; null if there is none, or if its batches are too small.</returns>
    public TrainingRunner? TakeMonteCarlo(int passes) =>
        Interlocked.Exchange(ref _monteCarlo, null) is { } runner && runner.BatchSize >= PassChecks.MonteCarloSamples(passes) ? runner : null;

    /// <summary>Leaves a pass for <see cref="TakeMonteCarlo"/>.</summary>
    internal void LeaveMonteCarlo(TrainingRunner runner) => Volatile.Write(ref _monteCarlo, runner);

    /// <summary>The parameters of a safetensors file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="table">The network's parameters.</param>
    /// <exception cref="IOException">The file cannot be read, or does not hold these parameters.</exception>
    public static ParameterMemory Load(string path, ParameterTable table)
    {
        var memory = new ParameterMemory(table);
        SafeTensors.Load(path, table, memory.Span);
        return memory;
    }

    /// <summary>The parameters of a safetensors file in a stream, which is read to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="table">The network's parameters.</param>
    /// <exception cref="IOException">The stream cannot be read, or does not hold these parameters.</exception>
    public static ParameterMemory Load(Stream stream, ParameterTable table)
    {
        var memory = new ParameterMemory(table);
        SafeTensors.Load(stream, table, memory.Span);
        return memory;
    }

    /// <summary>The parameters of a safetensors file in memory.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="table">The network's parameters.</param>
    /// <exception cref="IOException">The bytes do not hold these parameters.</exception>
    public static ParameterMemory Load(ReadOnlySpan<byte> bytes, ParameterTable table)
    {
        var memory = new ParameterMemory(table);
        SafeTensors.Load(bytes, table, memory.Span);
        return memory;
    }

    /// <summary>Writes the parameters to a safetensors file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => SafeTensors.Save(path, _table, Span);

    /// <summary>Writes the parameters to a stream, as a safetensors file.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void Save(Stream stream) => SafeTensors.Save(stream, _table, Span);

    /// <summary>Begins an edit; its end increments the version.</summary>
    public ParameterEdit Edit() => new(this);

    /// <summary>The view of one weight, bias or statistic; the same object in each call. A write through it increments the version.</summary>
    /// <param name="name">For example <c>conv1.weight</c>.</param>
    public ParameterView View(string name)
    {
        for (int i = 0; i < _views.Length; i++)
        {
            if (string.Equals(_table.Parameters[i].Name, name, StringComparison.Ordinal))
                return _views[i] ?? Interlocked.CompareExchange(ref _views[i], new ParameterView(_table.Parameters[i], this), null) ?? _views[i]!;
        }

        throw new KeyNotFoundException($"{_table.Network} has no parameter '{name}'.");
    }

    /// <summary>Increments the version; whoever writes parameters calls it afterwards.</summary>
    public void MarkWritten()
    {
        Interlocked.Increment(ref _weightVersion);
        Interlocked.Increment(ref _version);
    }

    /// <summary>Increments the version only; training calls it after it has written statistics.</summary>
    internal void MarkStatisticsWritten() => Interlocked.Increment(ref _version);
}
