
namespace NetGen.Generator.Graph.Functions;

/// <summary>The rectifier <c>max(x, 0)</c>, with a NaN kept; its derivative is 1 where the output is positive, and 0 elsewhere, as in PyTorch.</summary>
internal sealed record Rectifier : PointwiseFunction
{
    public override string Description => "ReLU";

    public override DerivativeNeed Need => DerivativeNeed.Output;

    public override bool IsNonDecreasing => true;

    public override bool CommutesWithPositiveFactor => true;

    public override bool HasZeroDerivativeAtZero => true;

    public override bool IsIdempotent => true;

    public override string Forward(string x, FunctionPlace place) => $"Simd.Relu({x})";

    public override string Gradient(string gradient, FunctionPlace place) => $"Simd.ReluGradient({place.Output}, {gradient})";
}
