using NetGen.Generator.Lowering;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[Softmax]</c>.</summary>
internal sealed class SoftmaxKind : LayerKind
{
    public override string Name => "Softmax";

    public override string Stem => "softmax";

    public override LayerRole Role => LayerRole.Head;

    public override Layer? Read(LayerReader reader) =>
        reader.RequireFlat() ? new SoftmaxLayer(reader.Name, reader.Input) : null;
}

/// <summary>The probabilities of a classifier.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Flat features, the logits.</param>
internal sealed record SoftmaxLayer(string Name, Shape Input) : Layer(Name, Input, Input)
{
    public override string Kind => "Softmax";

    public override string Description => "";

    public override void Lower(PlanBuilder plan) => plan.Softmax();
}
