using NetGen.Generator.Graph;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[HardSwish]</c>.</summary>
internal sealed class HardSwishKind : LayerKind
{
    public override string Name => "HardSwish";

    public override string Stem => "hardswish";

    public override LayerRole Role => LayerRole.Activation;

    public override Layer? Read(LayerReader reader) => reader.Input is { } input ? new HardSwishLayer(reader.Name, input) : null;
}

/// <summary>A cheap form of SiLU: <c>x·min(max(x + 3, 0), 6) / 6</c>.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
internal sealed record HardSwishLayer(string Name, Shape Input) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "HardSwish";

    public override string Description => "";

    public override bool KeepsOrder => true;

    public void Lower(GraphBuilder graph) => graph.Apply(new HardSwishUnit());
}

/// <summary>x·min(max(x + 3, 0), 6) / 6, which has a minimum at −1.5.</summary>
internal sealed record HardSwishUnit : PointwiseFunction
{
    public override string Description => "HardSwish";

    public override DerivativeNeed Need => DerivativeNeed.Input;

    public override string Forward(string x, FunctionPlace place) => $"Simd.HardSwish({x})";

    public override string Gradient(string gradient, FunctionPlace place) => $"{gradient} * Simd.HardSwishDerivative({place.Input})";
}
