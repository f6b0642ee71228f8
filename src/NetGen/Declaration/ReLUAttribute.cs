namespace NetGen;

/// <summary>
/// The rectifier <c>max(x, 0)</c>, on any shape. Its derivative at 0 is 0 (Bertoin et al. 2021); NaN passes through.
/// </summary>
public sealed class ReLUAttribute : LayerAttribute;
