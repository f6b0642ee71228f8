namespace NetGen;

/// <summary>
/// The smooth rectifier <c>log(1 + eˣ)</c>, on any shape, off by at most 2 ulp. Above 20 it is <c>x</c>, as in PyTorch; NaN passes through.
/// </summary>
public sealed class SoftplusAttribute : LayerAttribute;
