using NetGen.Generator.Graph;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[ReLU]</c>.</summary>
internal sealed class ReLUKind : LayerKind
{
    public override string Name => "ReLU";

    public override string Stem => "relu";

    public override LayerRole Role => LayerRole.Rectifier;

    public override Layer? Read(LayerReader reader) => reader.Input is { } input ? new ReLULayer(reader.Name, input) : null;
}

/// <summary>The rectifier <c>max(x, 0)</c>.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
internal sealed record ReLULayer(string Name, Shape Input) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "ReLU";

    public override string Description => "";

    public override bool KeepsOrder => true;

    public void Lower(GraphBuilder graph) => graph.Apply(new Rectifier());
}

/// <summary>The rectifier <c>max(x, 0)</c>, with a NaN kept; its derivative is 1 where the output is positive, and 0 elsewhere, as in PyTorch.</summary>
internal sealed record Rectifier : PointwiseFunction
{
    public override string Description => "ReLU";

    public override DerivativeNeed Need => DerivativeNeed.Output;

    public override bool IsNonDecreasing => true;

    public override bool CommutesWithPositiveFactor => true;

    public override bool HasZeroDerivativeAtZero => true;

    public override bool InputServesAsOutput => true;

    public override bool CanDie => true;

    public override bool IsIdempotent => true;

    public override string Forward(string x, FunctionPlace place) => $"Simd.Relu({x})";

    public override string Gradient(string gradient, FunctionPlace place) => $"Simd.ReluGradient({place.Output}, {gradient})";
}
