namespace NetGen;

/// <summary>
/// The Gaussian error linear unit (Hendrycks and Gimpel 2016), on any shape: <c>x·Φ(x)</c> with the normal distribution function Φ, off by at most
/// 8 ulp, also where x is far below 0. NaN passes through.
/// </summary>
public sealed class GELUAttribute : LayerAttribute
{
    /// <summary>
    /// Computes <c>x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))</c> instead, as networks do that were trained with this form
    /// (<c>approximate='tanh'</c> in PyTorch). It differs from the exact function by up to 0.0005, and costs less.
    /// </summary>
    public bool Approximate { get; set; }
}
