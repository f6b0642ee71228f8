using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>Where a shard notes the largest outputs of a layer's units.</summary>
/// <param name="layer">The name of the layer.</param>
/// <param name="offset">The offset of its first unit.</param>
/// <param name="count">The number of its units.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TrackedUnits(string layer, int offset, int count)
{
    /// <summary>The name of the layer.</summary>
    internal string Layer { get; } = layer;

    /// <summary>The offset of its first unit.</summary>
    internal int Offset { get; } = offset;

    /// <summary>The number of its units.</summary>
    internal int Count { get; } = count;
}
