using NetGen.Generator.Graph;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[GELU]</c>.</summary>
internal sealed class GELUKind : LayerKind
{
    public override string Name => "GELU";

    public override string Stem => "gelu";

    public override LayerRole Role => LayerRole.Activation;

    public override Layer? Read(LayerReader reader)
    {
        bool approximate = reader.Flag("Approximate", false);
        return reader.Input is { } input ? new GELULayer(reader.Name, input, approximate) : null;
    }
}

/// <summary>The Gaussian error linear unit, x times the normal distribution function of x.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Approximate">Whether the normal distribution function is approximated by a tanh.</param>
internal sealed record GELULayer(string Name, Shape Input, bool Approximate) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "GELU";

    public override string Description => Approximate ? "tanh form" : "";

    public override bool KeepsOrder => true;

    public void Lower(GraphBuilder graph) => graph.Apply(new GaussianUnit(Approximate));
}

/// <summary>x·Φ(x), which has a minimum near −0.75.</summary>
/// <param name="Approximate">Whether the normal distribution function is approximated by a tanh.</param>
internal sealed record GaussianUnit(bool Approximate) : PointwiseFunction
{
    public override string Description => Approximate ? "GELU, tanh form" : "GELU";

    public override DerivativeNeed Need => DerivativeNeed.Input;

    public override bool IsLong => true;

    private string Name => Approximate ? "GeluTanh" : "Gelu";

    public override string Forward(string x, FunctionPlace place) => $"Simd.{Name}({x})";

    public override string Gradient(string gradient, FunctionPlace place) => $"{gradient} * Simd.{Name}Derivative({place.Input})";
}
