using System.Collections.Immutable;

using NetGen.CompilerServices;

namespace NetGen;

/// <summary>The blocks of an optimizer's state: each has a name and one value for each trained parameter, in the order of the parameters.</summary>
internal sealed class StateBlocks
{
    private ImmutableArray<string> _names = [];
    private AlignedBuffer[] _blocks = [];

    /// <summary>The number of blocks.</summary>
    public int Count => _blocks.Length;

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
}
