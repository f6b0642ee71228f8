using NetGen.Generator.Graph;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.ForeignLayers;

/// <summary>The negative, on any shape: <c>−x</c>.</summary>
public sealed class NegateAttribute : LayerAttribute;

/// <summary>Reads <c>[Negate]</c>.</summary>
internal sealed class NegateKind : LayerKind
{
    public override string Name => "Negate";

    public override string Stem => "negate";

    public override string AttributeAssembly => "NetGen.ForeignLayers.Tests";

    public override Layer? Read(LayerReader reader) => reader.Input is { } input ? new NegateLayer(reader.Name, input) : null;
}

/// <summary>The negative.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
internal sealed record NegateLayer(string Name, Shape Input) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "Negate";

    public override string Description => "";

    public override bool KeepsOrder => true;

    public void Lower(GraphBuilder graph) => graph.Apply(new Negation());
}

/// <summary><c>−x</c>, whose derivative is −1 everywhere: it needs nothing, and it decreases.</summary>
internal sealed record Negation : PointwiseFunction
{
    public override string Description => "negative";

    public override DerivativeNeed Need => DerivativeNeed.Nothing;

    public override bool CommutesWithPositiveFactor => true;

    public override string Forward(string x, FunctionPlace place) => $"({x} * Simd.Splat(-1f))";

    public override string Gradient(string gradient, FunctionPlace place) => $"{gradient} * Simd.Splat(-1f)";
}
