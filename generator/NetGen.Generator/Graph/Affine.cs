using System.Globalization;
using NetGen.Generator.Graph.Kernels;

namespace NetGen.Generator.Graph;

/// <summary><c>x·scale + offset</c>, the same for all values. If the network begins with it, the values are scaled where the input is copied.</summary>
/// <param name="Scale">The factor, not 0; it may be negative.</param>
/// <param name="Offset">What is added.</param>
internal sealed record Affine(float Scale, float Offset) : PointwiseFunction
{
    public override string Description =>
        "times " + Scale.ToString("R", CultureInfo.InvariantCulture) + (Offset == 0 ? "" : " plus " + Offset.ToString("R", CultureInfo.InvariantCulture));

    public override DerivativeNeed Need => DerivativeNeed.Nothing;

    public override bool IsNonDecreasing => Scale > 0;

    public override bool CommutesWithPositiveFactor => Offset == 0;

    private string Factor => $"Simd.Splat({KernelWriter.Float(Scale)})";

    public override string Forward(string x, FunctionPlace place) =>
        Offset == 0 ? $"({x} * {Factor})" : KernelWriter.MultiplyAdd(x, Factor, $"Simd.Splat({KernelWriter.Float(Offset)})");

    public override string Gradient(string gradient, FunctionPlace place) => $"{gradient} * {Factor}";
}

/// <summary>The scaling of the network's input where it is copied.</summary>
/// <param name="Layer">The layer that declares it.</param>
/// <param name="Function">The function.</param>
internal sealed record InputScale(string Layer, Affine Function);
