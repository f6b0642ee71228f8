namespace NetGen;

/// <summary>
/// The sigmoid-weighted linear unit, also called swish (Elfwing et al. 2018; Ramachandran et al. 2017), on any shape: <c>x / (1 + e⁻ˣ)</c>, off by at
/// most 2.2 ulp. NaN passes through.
/// </summary>
public sealed class SiLUAttribute : LayerAttribute;
