using NetGen.Tests.Support;

namespace NetGen.Tests.DropoutMasks;

/// <summary>
/// Networks with dropout whose last layer is as wide as what is dropped, so that with the right weights the outputs show
/// the masks.
/// </summary>
internal static class DropoutNetworks
{
    /// <summary>One dropout, on the input, and a linear layer.</summary>
    public static NetworkList OnInput { get; } = new NetworkList()
        .Add<Input10>()
        .Add<Input50>();

    /// <summary>One dropout, after a layer with ReLU.</summary>
    public static NetworkList OnHidden { get; } = new NetworkList()
        .Add<Hidden25>()
        .Add<Hidden80>();

    /// <summary>One place of dropout each, whose mask shows when the layers before give 1 everywhere.</summary>
    public static NetworkList OnePlace { get; } = new NetworkList()
        .Add<AfterLinear>()
        .Add<BeforeReLU>()
        .Add<TwiceInARow>()
        .Add<OnHead>()
        .Add<AfterPool>()
        .Add<AfterConvolution>()
        .Add<AfterLinearConvolution>()
        .Add<AfterPairs>()
        .Add<AfterPooledPairs>()
        .Add<AfterFewFilters>()
        .Add<AfterPooledFewFilters>()
        .Add<AfterLeaky>()
        .Add<BeforeLeaky>()
        .Add<AfterAverage>()
        .Add<TinyAfterLinear>()
        .Add<TinyBeforeReLU>()
        .Add<TinyAfterReLU>()
        .Add<TinyAfterLeaky>()
        .Add<Input50>()
        .Add<Hidden25>();

    public static double Rate(string network) => network switch
    {
        nameof(Input10) => 0.1,
        nameof(Hidden25) => 0.25,
        nameof(Input50) => 0.5,
        _ => 0.8,
    };
}
