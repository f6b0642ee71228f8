using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>Where the outputs of a layer are among the activations of a sample in training.</summary>
/// <param name="layer">The name of the layer: the first of those whose outputs one kernel computes together.</param>
/// <param name="offset">The offset of the first output.</param>
/// <param name="length">The length, with what lies between rows.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LayerActivations(string layer, int offset, int length)
{
    /// <summary>The name of the layer.</summary>
    internal string Layer { get; } = layer;

    /// <summary>The offset of the first output.</summary>
    internal int Offset { get; } = offset;

    /// <summary>The length, with what lies between rows.</summary>
    internal int Length { get; } = length;
}
