using NetGen;

namespace Questions.Networks;

// The outputs of these networks are the hidden units of others; nobody trains them.
#pragma warning disable NG0204, NG0303

/// <summary>The hidden layer of <see cref="PlainNet"/>: its outputs are the units.</summary>
[Network]
[Input(784)]
[Dense(64), ReLU]
internal sealed partial class PlainUnits
{
    /// <summary>The hidden layer of a network as it is now.</summary>
    public static PlainUnits Of(PlainNet net)
    {
        var units = new PlainUnits(seed: 1);
        units.Dense1Weight.CopyFrom(net.Dense1Weight.ToArray());
        units.Dense1Bias.CopyFrom(net.Dense1Bias.ToArray());
        return units;
    }
}

/// <summary>The hidden layer of <see cref="DropoutNet"/>: in training, its outputs are the units that are kept, scaled.</summary>
[Network]
[Input(784)]
[Dense(64), ReLU, Dropout(0.5)]
internal sealed partial class DropoutUnits
{
    /// <summary>The hidden layer of a network as it is now.</summary>
    public static DropoutUnits Of(DropoutNet net)
    {
        var units = new DropoutUnits(seed: 1);
        units.Dense1Weight.CopyFrom(net.Dense1Weight.ToArray());
        units.Dense1Bias.CopyFrom(net.Dense1Bias.ToArray());
        return units;
    }

    /// <summary>A layer of which ReLU lets all units through, so that what is 0 in training is dropped.</summary>
    public static DropoutUnits AllActive()
    {
        var units = new DropoutUnits(seed: 1);
        units.Dense1Weight.CopyFrom(new float[units.Dense1Weight.Length]);
        units.Dense1Bias.CopyFrom(Enumerable.Repeat(1f, units.Dense1Bias.Length).ToArray());
        return units;
    }
}
#pragma warning restore NG0204, NG0303
