using NetGen.Tests.Kernels;
using NetGen.Tests.Parity;
using NetGen.Tests.Support;

namespace NetGen.Tests.Gradients;

/// <summary>
/// Networks without a kink, whose loss is smooth in every parameter and, with the squared error, a parabola: its central difference is
/// exact for any step.
/// </summary>
internal static class SmoothNetworks
{
    public static NetworkList All { get; } = new NetworkList()
        .Add<LinearRegression>()
        .Add<ManyClasses>()
        .Add<SmoothConvolutions>()
        .Add<SmoothAverages>()
        .Add<SmoothSums>()
        .Add<SmoothFeatureSums>()
        .Add<SmoothNorms>()
        .Add<TinyLinear>();
}
