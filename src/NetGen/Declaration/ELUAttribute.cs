namespace NetGen;

/// <summary>
/// The exponential linear unit (Clevert et al. 2016), on any shape: <c>x</c> where <c>x &gt; 0</c>, otherwise <c>alpha·(eˣ − 1)</c>. Its derivative at 0
/// is <c>alpha</c>, as in PyTorch; NaN passes through.
/// </summary>
/// <param name="alpha">Minus the limit for negative values, positive.</param>
public sealed class ELUAttribute(double alpha = 1) : LayerAttribute
{
    /// <summary>Minus the limit for negative values.</summary>
    public double Alpha { get; } = alpha;
}
