using System.Collections.Immutable;

using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// One weight, bias or statistic of a network. You read and write it with PyTorch's indices, whatever layout the kernels use:
/// <c>net.Conv1Weight[3, 0, 1, 1] = 0.5f</c>.
/// </summary>
public sealed class ParameterView
{
    private readonly ParameterInfo _info;
    private readonly Memory<float> _stored;
    private readonly ParameterMemory? _memory;

    /// <summary>A view of one parameter of a network; every write increments the network's version.</summary>
    internal ParameterView(ParameterInfo info, ParameterMemory memory)
        : this(info, memory.Memory) => _memory = memory;

    /// <summary>A view of one parameter in memory that has the layout of a network's parameters.</summary>
    /// <param name="info">Which parameter.</param>
    /// <param name="arena">The memory of all parameters.</param>
    /// <exception cref="ArgumentException"><paramref name="arena"/> ends before the parameter does.</exception>
    public ParameterView(ParameterInfo info, Memory<float> arena)
    {
        ArgumentNullException.ThrowIfNull(info);
        if (info.Offset < 0 || info.Offset > arena.Length || info.Length > arena.Length - info.Offset)
            throw new ArgumentException(
                FormattableString.Invariant($"{info.Name} is {info.Length} floats at offset {info.Offset}, but got memory of {arena.Length} floats."),
                nameof(arena));
        _info = info;
        _stored = arena.Slice(info.Offset, info.Length);
    }

    /// <summary>Its name in weight files, for example <c>conv1.weight</c>.</summary>
    public string Name => _info.Name;

    /// <summary>Its dimensions in PyTorch, for example <c>[filters, channels, height, width]</c>.</summary>
    public ImmutableArray<int> Shape => _info.Shape;

    /// <summary>Number of floats.</summary>
    public int Length => _stored.Length;

    /// <summary>One element.</summary>
    /// <param name="torchIndex">One index for each dimension of <see cref="Shape"/>.</param>
    /// <exception cref="ArgumentException">There are more or fewer indices than dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside its dimension.</exception>
    public float this[params ReadOnlySpan<int> torchIndex]
    {
        get => _stored.Span[StoredIndex(torchIndex)];
        set
        {
            _stored.Span[StoredIndex(torchIndex)] = value;
            _memory?.MarkWritten();
        }
    }

    /// <summary>Copies the parameter out in PyTorch's order.</summary>
    /// <param name="torchOrder">Receives <see cref="Length"/> floats.</param>
    /// <exception cref="ArgumentException"><paramref name="torchOrder"/> has another length.</exception>
    public void CopyTo(Span<float> torchOrder)
    {
        CheckLength(torchOrder.Length);
        _info.Layout.ToTorch(_stored.Span, torchOrder);
    }

    /// <summary>Overwrites the parameter.</summary>
    /// <param name="torchOrder">Its new values in PyTorch's order; <see cref="Length"/> floats.</param>
    /// <exception cref="ArgumentException"><paramref name="torchOrder"/> has another length.</exception>
    public void CopyFrom(ReadOnlySpan<float> torchOrder)
    {
        CheckLength(torchOrder.Length);
        _info.Layout.FromTorch(torchOrder, _stored.Span);
        _memory?.MarkWritten();
    }

    /// <summary>The parameter's values in PyTorch's order, in a new array.</summary>
    public float[] ToArray()
    {
        float[] values = new float[Length];
        CopyTo(values);
        return values;
    }

    /// <summary>Name and shape, for example <c>conv1.weight [32, 1, 3, 3]</c>.</summary>
    public override string ToString() => $"{Name} {_info.Layout}";

    private int StoredIndex(ReadOnlySpan<int> torchIndex)
    {
        ReadOnlySpan<int> shape = _info.Shape.AsSpan();
        if (torchIndex.Length != shape.Length)
            throw new ArgumentException(
                FormattableString.Invariant($"{ToString()} takes {shape.Length} indices, but got {torchIndex.Length}."),
                nameof(torchIndex));
        int linear = 0;
        for (int i = 0; i < shape.Length; i++)
        {
            if ((uint)torchIndex[i] >= (uint)shape[i])
                throw new ArgumentOutOfRangeException(
                    nameof(torchIndex), torchIndex[i],
                    FormattableString.Invariant($"Index {i} of {ToString()} must be 0 to {shape[i] - 1}, but got {torchIndex[i]}."));
            linear = (linear * shape[i]) + torchIndex[i];
        }

        return _info.Layout.StoredIndex(linear);
    }

    private void CheckLength(int length)
    {
        if (length != Length)
            throw new ArgumentException(
                FormattableString.Invariant($"{ToString()} has {Length} floats, but got {length}."), "torchOrder");
    }
}
