namespace NetGen;

/// <summary>
/// HardSwish (Howard et al. 2019), on any shape: <c>x·min(max(x + 3, 0), 6) / 6</c>, a form of <see cref="SiLUAttribute"/> that costs less. NaN passes
/// through.
/// </summary>
public sealed class HardSwishAttribute : LayerAttribute;
