using NetGen.Generator.Graph;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.ForeignLayers;

/// <summary>Softsign (Bergstra et al. 2009), on any shape: <c>x / (1 + |x|)</c>.</summary>
public sealed class SoftsignAttribute : LayerAttribute;

/// <summary>Reads <c>[Softsign]</c>.</summary>
internal sealed class SoftsignKind : LayerKind
{
    public override string Name => "Softsign";

    public override string Stem => "softsign";

    public override LayerRole Role => LayerRole.Activation;

    public override string AttributeAssembly => "NetGen.ForeignLayers.Tests";

    public override Layer? Read(LayerReader reader) => reader.Input is { } input ? new SoftsignLayer(reader.Name, input) : null;
}

/// <summary>Softsign.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
internal sealed record SoftsignLayer(string Name, Shape Input) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "Softsign";

    public override string Description => "";

    public override bool KeepsOrder => true;

    public void Lower(GraphBuilder graph) => graph.Apply(new Softsign());
}

/// <summary>
/// <c>y = x / (1 + |x|)</c>, whose derivative is <c>(1 − |y|)²</c>. That of a scaled output is another one, so a dropout behind it cannot
/// be part of the same kernel.
/// </summary>
internal sealed record Softsign : PointwiseFunction
{
    public override string Description => "softsign";

    public override DerivativeNeed Need => DerivativeNeed.Output;

    public override bool IsNonDecreasing => true;

    public override string Forward(string x, FunctionPlace place) => $"({x} / (Simd.Splat(1f) + {Magnitude(x)}))";

    public override string Gradient(string gradient, FunctionPlace place)
    {
        string root = $"(Simd.Splat(1f) - {Magnitude(place.Output)})";
        return $"{gradient} * {root} * {root}";
    }

    private static string Magnitude(string x) => $"Simd.Max({x}, -{x})";
}
