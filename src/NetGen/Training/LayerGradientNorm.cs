namespace NetGen;

/// <summary>The length of a layer's gradient.</summary>
/// <param name="Layer">The name of the layer.</param>
/// <param name="Norm">The Euclidean norm of the gradients with respect to all its trained parameters; not finite if one of them is not.</param>
public readonly record struct LayerGradientNorm(string Layer, double Norm);
