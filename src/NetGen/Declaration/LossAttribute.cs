namespace NetGen;

/// <summary>
/// States the loss that the network is trained with. Without it the last layer decides: <see cref="Loss.CrossEntropy"/>
/// after <see cref="SoftmaxAttribute"/>, otherwise <see cref="Loss.MeanSquaredError"/>.
/// </summary>
/// <param name="loss">What training minimises.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LossAttribute(Loss loss) : Attribute
{
    /// <summary>The loss.</summary>
    public Loss Loss { get; } = loss;
}
