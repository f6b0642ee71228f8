using System.Globalization;
using NetGen.Generator.Graph.Kernels;

namespace NetGen.Generator.Graph;

/// <summary><c>x·scale + offset</c>, the same for all values. If the network begins with it, the values are scaled where the input is copied.</summary>
/// <param name="Scale">The factor, not 0; it may be negative.</param>
/// <param name="Offset">What is added.</param>
internal sealed record Affine(float Scale, float Offset) : PointwiseFunction
{
    public override string Description =>
        "times " + Scale.ToString("R", CultureInfo.InvariantCulture)
        + (Offset == 0 ? "" : (Offset > 0 ? " plus " : " minus ") + Math.Abs(Offset).ToString("R", CultureInfo.InvariantCulture));

    public override DerivativeNeed Need => DerivativeNeed.Nothing;

    public override bool IsNonDecreasing => Scale > 0;

    public override bool CommutesWithPositiveFactor => Offset == 0;

    private string Factor => $"Simd.Splat({KernelWriter.Float(Scale)})";

    public override string Forward(string x, FunctionPlace place) =>
        Offset == 0 ? $"({x} * {Factor})" : KernelWriter.MultiplyAdd(x, Factor, $"Simd.Splat({KernelWriter.Float(Offset)})");

    public override string Gradient(string gradient, FunctionPlace place) => $"{gradient} * {Factor}";
}

/// <summary>The layers at the beginning of a network for which there is no kernel, because the network's input is copied anyway or needs no copy.</summary>
/// <param name="Layers">The layers.</param>
/// <param name="Function">The scaling of the values; null if the layers only give them another shape.</param>
internal sealed record InputCopy(IReadOnlyList<string> Layers, Affine? Function);
