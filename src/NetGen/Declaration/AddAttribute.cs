namespace NetGen;

/// <summary>
/// Joins the outputs of earlier named layers to the current one by addition, as residual networks do (He et al. 2016):
/// <c>y = x + a + b + …</c>, on any shape. All have the shape of <c>x</c>, which the output has, too; nothing is broadcast. Each of them
/// takes the gradient of the output unchanged.
/// <code>
/// [Conv2D(16, 3, Padding = Padding.Same), ReLU(Name = "entry")]
/// [Conv2D(16, 3, Padding = Padding.Same), ReLU]
/// [Conv2D(16, 3, Padding = Padding.Same), Add("entry"), ReLU]
/// </code>
/// </summary>
/// <param name="layers">
/// The names of earlier layers, one at least. What is added is the output of the layer itself, not of those after it: the name of a
/// convolution gives the values before its ReLU, the name of the ReLU those after it.
/// </param>
public sealed class AddAttribute(params string[] layers) : LayerAttribute
{
    /// <summary>The names of the layers whose outputs are added.</summary>
    public IReadOnlyList<string> Layers { get; } = layers;
}
