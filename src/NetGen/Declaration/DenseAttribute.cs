namespace NetGen;

/// <summary>
/// A fully connected layer, <c>y = x·W + b</c>, on flat features: <c>(features)</c> → <c>(units)</c>. Its weight is
/// <c>[units, features]</c> in files, as in PyTorch's <c>Linear</c>.
/// </summary>
/// <param name="units">The number of outputs, at least 1; of a classifier's last layer, the number of classes.</param>
public sealed class DenseAttribute(int units) : WeightedLayerAttribute
{
    /// <summary>The number of outputs.</summary>
    public int Units { get; } = units;
}
