namespace NetGen;

/// <summary>
/// Joins the outputs of earlier named layers to the current one along the channels, as the branches of Inception (Szegedy et al. 2015) and the
/// layers of DenseNet (Huang et al. 2017) are: the channels of the layer before come first, then those of the named layers in their order. Works on any
/// shape; heights and widths, or lengths, must be equal, and flat features are all channels. Each layer takes its part of the gradient.
/// <code>
/// [Conv2D(16, 1), ReLU(Name = "entry")]
/// [Conv2D(8, 1), ReLU(Name = "narrow")]
/// [Conv2D(8, 3, Padding = Padding.Same, From = "entry"), ReLU(Name = "wide")]
/// [MaxPool2D(3, Stride = 1, Padding = Padding.Same, From = "entry"), Concat("narrow", "wide")]
/// </code>
/// </summary>
/// <param name="layers">
/// The names of earlier layers, one at least. What is joined is the output of the layer itself, not of those after it: the name of a
/// convolution gives the values before its ReLU, the name of the ReLU those after it.
/// </param>
public sealed class ConcatAttribute(params string[] layers) : LayerAttribute
{
    /// <summary>The names of the layers whose outputs are joined to the current one.</summary>
    public IReadOnlyList<string> Layers { get; } = layers;
}
