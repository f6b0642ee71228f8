using NetGen.Generator.Graph;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[SiLU]</c>.</summary>
internal sealed class SiLUKind : LayerKind
{
    public override string Name => "SiLU";

    public override string Stem => "silu";

    public override LayerRole Role => LayerRole.Activation;

    public override Layer? Read(LayerReader reader) => reader.Input is { } input ? new SiLULayer(reader.Name, input) : null;
}

/// <summary>The sigmoid-weighted linear unit, <c>x·sigmoid(x)</c>.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
internal sealed record SiLULayer(string Name, Shape Input) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "SiLU";

    public override string Description => "";

    public override bool KeepsOrder => true;

    public void Lower(GraphBuilder graph) => graph.Apply(new SigmoidUnit());
}

/// <summary>x·sigmoid(x), which has a minimum near −1.28.</summary>
internal sealed record SigmoidUnit : PointwiseFunction
{
    public override string Description => "SiLU";

    public override DerivativeNeed Need => DerivativeNeed.Input;

    public override bool IsLong => true;

    public override string Forward(string x, FunctionPlace place) => $"Simd.Silu({x})";

    public override string Gradient(string gradient, FunctionPlace place) => $"{gradient} * Simd.SiluDerivative({place.Input})";
}
