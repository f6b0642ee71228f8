namespace NetGen;

/// <summary>The hyperbolic tangent, on any shape, off by at most 1.5 ulp; NaN passes through.</summary>
public sealed class TanhAttribute : LayerAttribute;
