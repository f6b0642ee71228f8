namespace Shapes;

/// <summary>How a network is trained.</summary>
/// <param name="Order">The order of the images.</param>
/// <param name="Dropout">Whether the network has dropout.</param>
/// <param name="ClassWeights">Whether a square counts as much as all the circles that come before it.</param>
internal sealed record TrialSetting(ImageOrder Order, bool Dropout, bool ClassWeights)
{
    /// <summary>All combinations.</summary>
    public static IReadOnlyList<TrialSetting> All { get; } =
    [
        .. from order in Enum.GetValues<ImageOrder>()
           from dropout in new[] { false, true }
           from weights in new[] { false, true }
           select new TrialSetting(order, dropout, weights),
    ];
}
