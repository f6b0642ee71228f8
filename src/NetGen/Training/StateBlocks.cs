using System.Collections.Immutable;

using NetGen.CompilerServices;

namespace NetGen;

/// <summary>The blocks of an optimizer's state: each has a name and one value for each trained parameter, in the order of the parameters.</summary>
internal sealed class StateBlocks
{
    private ImmutableArray<string> _names = [];
    private AlignedBuffer[] _blocks = [];

    /// <summary>The values of a block, by its place among the names.</summary>
    public Span<float> this[int block] => _blocks[block].Span;

    /// <summary>The values of a block, or nothing if it is not allocated.</summary>
    public ReadOnlySpan<float> Find(string name) => _names.IndexOf(name) is >= 0 and var block ? this[block] : default;

    /// <summary>Sees to it that there are these blocks and no others. Those that there were keep their values, others begin with 0.</summary>
    /// <param name="names">Their names. If it is the array of the last call, nothing is allocated.</param>
    /// <param name="length">The number of values in each block.</param>
    public void Use(ImmutableArray<string> names, int length)
    {
        if (names == _names)
            return;
        var blocks = new AlignedBuffer[names.Length];
        for (int i = 0; i < blocks.Length; i++)
            blocks[i] = _names.IndexOf(names[i]) is >= 0 and var block ? _blocks[block] : new AlignedBuffer(length);
        (_names, _blocks) = (names, blocks);
    }

    /// <summary>Drops all blocks.</summary>
    public void Clear() => (_names, _blocks) = ([], []);

    /// <summary>All blocks as tensors in PyTorch's order, one for each trained parameter and block.</summary>
    public ImmutableArray<StateTensor> Export(ParameterTable table)
    {
        ImmutableArray<StateTensor>.Builder tensors = ImmutableArray.CreateBuilder<StateTensor>();
        for (int block = 0; block < _names.Length; block++)
        {
            foreach (ParameterInfo parameter in Trained(table))
            {
                float[] values = new float[parameter.Length];
                parameter.Layout.ToTorch(this[block].Slice(parameter.Offset, parameter.Length), values);
                tensors.Add(new StateTensor(StateTensor.NameOf(_names[block], parameter), parameter.Shape, values));
            }
        }

        return tensors.ToImmutable();
    }

    /// <summary>Overwrites all blocks with tensors that <see cref="Check"/> has found to fit.</summary>
    public void Import(ParameterTable table, IEnumerable<StateTensor> tensors)
    {
        Dictionary<string, StateTensor> byName = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        for (int block = 0; block < _names.Length; block++)
        {
            foreach (ParameterInfo parameter in Trained(table))
            {
                StateTensor tensor = byName[StateTensor.NameOf(_names[block], parameter)];
                parameter.Layout.FromTorch(tensor.Values, this[block].Slice(parameter.Offset, parameter.Length));
            }
        }
    }

    /// <summary>Looks whether there is one tensor of the right shape for each block and trained parameter, and nothing else.</summary>
    /// <param name="table">The network's parameters.</param>
    /// <param name="names">The names of the blocks.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="faults">Receives what is wrong.</param>
    public static void Check(ParameterTable table, ImmutableArray<string> names, ImmutableArray<StateTensor> tensors, FaultList faults)
    {
        var rest = new Dictionary<string, StateTensor>(StringComparer.Ordinal);
        foreach (StateTensor tensor in tensors)
        {
            if (!rest.TryAdd(tensor.Name, tensor))
                faults.Add($"'{tensor.Name}' occurs twice.");
        }

        foreach (string block in names)
        {
            foreach (ParameterInfo parameter in Trained(table))
            {
                string name = StateTensor.NameOf(block, parameter);
                if (!rest.Remove(name, out StateTensor? tensor))
                    faults.Add($"'{name}' of shape {parameter.Layout} is missing.");
                else if (!tensor.Shape.AsSpan().SequenceEqual(parameter.Shape.AsSpan()) || tensor.Values.Length != parameter.Length)
                    faults.Add($"'{name}' has shape {ShapeText.Brackets(tensor.Shape.AsSpan())} and {tensor.Values.Length} values; {table.Network} expects {parameter.Layout}.");
            }
        }

        foreach (StateTensor tensor in tensors)
        {
            if (rest.Remove(tensor.Name))
                faults.Add($"'{tensor.Name}' of shape {ShapeText.Brackets(tensor.Shape.AsSpan())} is no state of this optimizer for a trained parameter of {table.Network}.");
        }
    }

    private static IEnumerable<ParameterInfo> Trained(ParameterTable table) =>
        table.Parameters.Where(parameter => parameter.Role == ParameterRole.Trained);
}
