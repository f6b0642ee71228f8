using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace NetGen;

/// <summary>The weights, biases and statistics of a network: their names, shapes, roles and places in its parameters.</summary>
public sealed class ParameterTable
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly HashSet<string> _layers = new(StringComparer.Ordinal);
    private readonly int[] _trainedLayers;

    /// <summary>Describes the parameters of a network.</summary>
    /// <param name="network">Name of the network, for messages.</param>
    /// <param name="count">Number of floats in the network's parameters.</param>
    /// <param name="parameters">Every weight, bias and statistic, in the order of the layers.</param>
    /// <exception cref="ArgumentException">Two entries have the same name or overlap, an entry lies outside the parameters,
    /// or the offsets are not in the order of the roles: first the trained parameters, then the frozen ones, then the statistics.</exception>
    public ParameterTable(string network, int count, params ReadOnlySpan<ParameterInfo> parameters)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Network = network;
        Count = count;
        TrainedCount = count;
        Parameters = [.. parameters];
        Check();
        TrainedLayers = [.. Parameters.Where(parameter => parameter.Role == ParameterRole.Trained).Select(parameter => parameter.LayerName).Distinct()];
        _trainedLayers = [.. Parameters.Select(parameter => TrainedLayers.IndexOf(parameter.LayerName))];
    }

    /// <summary>Name of the network, for messages.</summary>
    public string Network { get; }

    /// <summary>Number of floats in the network's parameters.</summary>
    public int Count { get; }

    /// <summary>
    /// How many of these floats are trained: those before the first frozen parameter or statistic. There is one gradient for each of them,
    /// and each optimizer state has one value for each, in the same order.
    /// </summary>
    public int TrainedCount { get; private set; }

    /// <summary>Every weight, bias and statistic, in the order of the layers.</summary>
    public ImmutableArray<ParameterInfo> Parameters { get; }

    /// <summary>The names of the layers that have trained parameters, in the order of the network.</summary>
    public ImmutableArray<string> TrainedLayers { get; }

    /// <summary>The parameter of the given name.</summary>
    /// <param name="name">For example <c>conv1.weight</c>.</param>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those there are.</exception>
    public ParameterInfo this[string name] => TryGet(name, out ParameterInfo? parameter)
        ? parameter
        : throw new KeyNotFoundException(
            $"{Network} has no parameter '{name}'; it has {string.Join(", ", Parameters.Select(p => p.Name))}.");

    /// <summary>Looks for the parameter of the given name.</summary>
    /// <param name="name">For example <c>conv1.weight</c>.</param>
    /// <param name="parameter">The parameter, when there is one.</param>
    public bool TryGet(string name, [NotNullWhen(true)] out ParameterInfo? parameter)
    {
        ArgumentNullException.ThrowIfNull(name);
        int place = PlaceOf(name);
        parameter = place < 0 ? null : Parameters[place];
        return parameter is not null;
    }

    /// <summary>
    /// Draws the first values of every parameter. A value depends on the seed, on the position of its parameter in the
    /// table, on that parameter's initialiser and fans (for an orthogonal matrix also its shape), and on the value's place in PyTorch's order. It does
    /// not depend on the processor or on how tensors are stored.
    /// </summary>
    /// <param name="parameters">The network's parameters; <see cref="Count"/> floats, overwritten.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has another length.</exception>
    public void Initialize(Span<float> parameters, ulong seed)
    {
        CheckLength(parameters.Length, nameof(parameters));
        for (int i = 0; i < Parameters.Length; i++)
        {
            ParameterInfo parameter = Parameters[i];
            InitialValues.Fill(parameter, i, seed, parameters.Slice(parameter.Offset, parameter.Length));
        }
    }

    /// <summary>The index in <see cref="Parameters"/> of the parameter of the given name, or -1.</summary>
    internal int PlaceOf(ReadOnlySpan<char> name) =>
        _places.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out int place) ? place : -1;

    /// <summary>The index in <see cref="TrainedLayers"/> of the layer of a parameter, by its index in <see cref="Parameters"/>; -1 if nothing of the layer is trained.</summary>
    internal int TrainedLayerOf(int place) => _trainedLayers[place];

    /// <summary>Whether a layer of the given name has parameters.</summary>
    internal bool HasLayer(ReadOnlySpan<char> name) => _layers.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);

    internal void CheckLength(int length, string argument)
    {
        if (length != Count)
            throw new ArgumentException(
                FormattableString.Invariant($"The parameters of {Network} are {Count} floats, but got {length}."), argument);
    }

    private void Check()
    {
        for (int i = 0; i < Parameters.Length; i++)
        {
            if (!_places.TryAdd(Parameters[i].Name, i))
                throw new ArgumentException($"{Network} has two parameters named '{Parameters[i].Name}'.", "parameters");
            _layers.Add(Parameters[i].LayerName);
        }

        int end = 0;
        ParameterInfo? before = null;
        foreach (ParameterInfo parameter in Parameters.OrderBy(p => p.Offset))
        {
            if (parameter.Offset < end)
                throw new ArgumentException(
                    before is null
                        ? FormattableString.Invariant($"{parameter.Name} begins at offset {parameter.Offset}, but offsets are 0 or more.")
                        : FormattableString.Invariant($"{parameter.Name} begins at offset {parameter.Offset}, but {before.Name} ends at {end}: they overlap."),
                    "parameters");
            if (parameter.Length > Count - parameter.Offset)
                throw new ArgumentException(
                    FormattableString.Invariant($"{parameter.Name} ends at offset {(long)parameter.Offset + parameter.Length}, but the parameters of {Network} are {Count} floats."),
                    "parameters");
            if (before is not null && parameter.Role < before.Role)
                throw new ArgumentException(
                    $"{parameter.Name} ({parameter.Role}) comes after {before.Name} ({before.Role}); "
                    + "trained parameters must come first, then frozen ones, then statistics.",
                    "parameters");
            if (parameter.Role != ParameterRole.Trained)
                TrainedCount = Math.Min(TrainedCount, parameter.Offset);
            end = parameter.Offset + parameter.Length;
            before = parameter;
        }
    }
}
