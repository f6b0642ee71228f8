using NetGen.Generator.Graph;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[Softplus]</c>.</summary>
internal sealed class SoftplusKind : LayerKind
{
    public override string Name => "Softplus";

    public override string Stem => "softplus";

    public override LayerRole Role => LayerRole.Activation;

    public override Layer? Read(LayerReader reader) => reader.Input is { } input ? new SoftplusLayer(reader.Name, input) : null;
}

/// <summary>The smooth rectifier <c>log(1 + eˣ)</c>.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
internal sealed record SoftplusLayer(string Name, Shape Input) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "Softplus";

    public override string Description => "";

    public override bool KeepsOrder => true;

    public void Lower(GraphBuilder graph) => graph.Apply(new SmoothRectifier());
}

/// <summary>log(1 + eˣ). The derivative is the sigmoid of the input, with the output y 1 − e⁻ʸ.</summary>
internal sealed record SmoothRectifier : PointwiseFunction
{
    public override string Description => "softplus";

    public override DerivativeNeed Need => DerivativeNeed.Output;

    public override bool IsNonDecreasing => true;

    public override bool IsLong => true;

    public override string Forward(string x, FunctionPlace place) => $"Simd.Softplus({x})";

    public override string Gradient(string gradient, FunctionPlace place) => $"{gradient} * Simd.SoftplusDerivative({place.Output})";
}
