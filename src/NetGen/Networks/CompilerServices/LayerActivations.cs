using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>Where the outputs of a layer are among the activations of a sample in training.</summary>
/// <param name="layer">The name of the layer: the first of those whose outputs one kernel computes together.</param>
/// <param name="offset">The offset of the first output.</param>
/// <param name="length">The length, with what lies between rows.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LayerActivations(string layer, int offset, int length)
{
    /// <summary>Outputs with the channels of other layers between them, as where several layers write into one concatenation.</summary>
    /// <param name="layer">The name of the layer.</param>
    /// <param name="offset">The offset of the first output.</param>
    /// <param name="length">The length, with what lies between.</param>
    /// <param name="run">How many outputs of the layer are contiguous: its channels.</param>
    /// <param name="step">From the first of them to the first of the next ones.</param>
    public LayerActivations(string layer, int offset, int length, int run, int step)
        : this(layer, offset, length) => (Run, Step) = (run, step);

    /// <summary>The name of the layer.</summary>
    internal string Layer { get; } = layer;

    /// <summary>The offset of the first output.</summary>
    internal int Offset { get; } = offset;

    /// <summary>The length, with what lies between rows or runs.</summary>
    internal int Length { get; } = length;

    /// <summary>How many floats are contiguous that belong to the layer.</summary>
    internal int Run { get; } = length;

    /// <summary>From one run to the next one.</summary>
    internal int Step { get; } = length;
}
