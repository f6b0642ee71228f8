namespace NetGen;

/// <summary>
/// The scaled exponential linear unit (Klambauer et al. 2017), on any shape: <c>1.0507·x</c> where <c>x &gt; 0</c>, otherwise <c>1.7581·(eˣ − 1)</c>.
/// With it, weights before it are initialised with <see cref="Initializer.LeCunNormal"/>, and activations keep mean 0 and variance 1; NaN passes
/// through.
/// </summary>
public sealed class SELUAttribute : LayerAttribute;
