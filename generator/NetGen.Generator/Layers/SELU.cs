using NetGen.Generator.Graph;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[SELU]</c>.</summary>
internal sealed class SELUKind : LayerKind
{
    public override string Name => "SELU";

    public override string Stem => "selu";

    public override LayerRole Role => LayerRole.SelfNormalizing;

    public override Layer? Read(LayerReader reader) => reader.Input is { } input ? new SELULayer(reader.Name, input) : null;
}

/// <summary>The scaled exponential linear unit: with its two numbers, layers with weights of variance 1 / fanIn keep mean 0 and variance 1.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
internal sealed record SELULayer(string Name, Shape Input) : Layer(Name, Input, Input), ILowered
{
    // Klambauer et al. 2017, equation 14.
    private const float Scale = 1.05070099f;
    private const float Alpha = 1.67326324f;

    public override string Kind => "SELU";

    public override string Description => "";

    public override bool KeepsOrder => true;

    public void Lower(GraphBuilder graph) => graph.Apply(new ExponentialUnit(Scale, Scale * Alpha));
}
