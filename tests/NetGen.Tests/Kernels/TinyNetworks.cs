using NetGen.Tests.Support;

namespace NetGen.Tests.Kernels;

/// <summary>Networks that are unrolled over inputs and outputs.</summary>
internal static class TinyNetworks
{
    public static NetworkList All { get; } = new NetworkList()
        .Add<TinyToOne>()
        .Add<TinyDots>()
        .Add<TinyVectors>()
        .Add<TinyPanel>()
        .Add<TinyRectifiedHead>()
        .Add<TinyFrom17>()
        .Add<TinyOnto33>()
        .Add<TinyLinear>()
        .Add<TinyLargest>()
        .Add<TinyWideHead>()
        .Add<TinyDeep>()
        .Add<TinySums>()
        .Add<TinyAutoencoder>()
        .Add<TinySquare>();
}
