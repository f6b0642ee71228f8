using NetGen.Generator.Graph.Kernels;

namespace NetGen.Generator.Graph.Functions;

/// <summary>
/// <c>x</c> where <c>x &gt; 0</c>, and <c>slope · x</c> elsewhere (Maas et al. 2013); its derivative is 1 and the slope. The output has the
/// sign of the input where the slope is positive, and is 0 where it is 0.
/// </summary>
/// <param name="Slope">In [0, 1).</param>
internal sealed record LeakyRectifier(float Slope) : PointwiseFunction
{
    public override string Description => "LeakyReLU " + KernelWriter.Float(Slope).TrimEnd('f');

    public override DerivativeNeed Need => DerivativeNeed.Output;

    public override bool IsNonDecreasing => true;

    public override bool CommutesWithPositiveFactor => true;

    public override string Forward(string x, FunctionPlace place) => $"Simd.LeakyRelu({x}, {KernelWriter.Float(Slope)})";

    public override string Gradient(string gradient, FunctionPlace place) => $"Simd.LeakyReluGradient({place.Output}, {gradient}, {KernelWriter.Float(Slope)})";
}
