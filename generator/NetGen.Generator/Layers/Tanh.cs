using NetGen.Generator.Graph;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[Tanh]</c>.</summary>
internal sealed class TanhKind : LayerKind
{
    public override string Name => "Tanh";

    public override string Stem => "tanh";

    public override LayerRole Role => LayerRole.Activation;

    public override Layer? Read(LayerReader reader) => reader.Input is { } input ? new TanhLayer(reader.Name, input) : null;
}

/// <summary>The hyperbolic tangent.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
internal sealed record TanhLayer(string Name, Shape Input) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "Tanh";

    public override string Description => "";

    public override bool KeepsOrder => true;

    public void Lower(GraphBuilder graph) => graph.Apply(new HyperbolicTangent());
}

/// <summary>tanh x. With the output y the derivative is 1 − y², here as a product that loses no digits where y is nearly 1.</summary>
internal sealed record HyperbolicTangent : PointwiseFunction
{
    public override string Description => "tanh";

    public override DerivativeNeed Need => DerivativeNeed.Output;

    public override bool IsNonDecreasing => true;

    public override bool IsLong => true;

    public override string Forward(string x, FunctionPlace place) => $"Simd.Tanh({x})";

    public override string Gradient(string gradient, FunctionPlace place) => $"{gradient} * (Simd.Splat(1f) - {place.Output}) * (Simd.Splat(1f) + {place.Output})";
}
