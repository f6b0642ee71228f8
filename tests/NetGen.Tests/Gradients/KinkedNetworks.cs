using NetGen.Tests.Support;

namespace NetGen.Tests.Gradients;

/// <summary>Small networks with leaky rectifiers, whose loss is a parabola between the kinks.</summary>
internal static class KinkedNetworks
{
    public static NetworkList All { get; } = new NetworkList()
        .Add<KinkedFeatures>()
        .Add<KinkedImages>()
        .Add<KinkedSums>();
}
