using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>Where the outputs of a layer are among the activations of a sample in training.</summary>
/// <param name="Layer">The name of the layer: the first of those whose outputs one kernel computes together.</param>
/// <param name="Offset">The offset of the first output.</param>
/// <param name="Length">The length, with what lies between rows.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct LayerActivations(string Layer, int Offset, int Length);
