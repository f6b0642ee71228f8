using NetGen.Generator.Graph.Kernels;

namespace NetGen.Generator.Layers;

/// <summary>A layer that changes values at random in training, and has no code at inference.</summary>
internal interface IDropoutLayer
{
    /// <summary>The rate, in [0, 1); with 0 the layer does nothing.</summary>
    double Rate { get; }
}

/// <summary>Constants of masks in generated code.</summary>
internal static class MaskConstants
{
    /// <summary>A unit is dropped when its 32 random bits are below this: the rate times 2^32.</summary>
    public static uint Threshold(double rate) => (uint)Math.Min(uint.MaxValue, Math.Round(rate * 4294967296.0));

    /// <summary>The factor of kept values in inverted dropout.</summary>
    public static string Scale(double rate) => KernelWriter.Float((float)(1.0 / (1.0 - rate)));
}
