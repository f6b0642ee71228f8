using NetGen.Tests.Support;

namespace NetGen.Tests.Kernels;

/// <summary>
/// Multilayer perceptrons whose widths lie around the sizes at which kernels change: vectors of 4, 8 and 16, panels of 32.
/// </summary>
internal static class DenseNetworks
{
    public static NetworkList All { get; } = new NetworkList()
        .Add<OneByOne>()
        .Add<Small>()
        .Add<JustBelowVectors>()
        .Add<WholeVectors>()
        .Add<JustAbovePanels>()
        .Add<LongRows>()
        .Add<Linear>()
        .Add<OneWideLayer>()
        .Add<ManyClasses>()
        .Add<RectifiedHead>()
        .Add<RectifiedInput>()
        .Add<Sequence>()
        .Add<Large>();
}
