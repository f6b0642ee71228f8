using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Losses;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[Softmax]</c>.</summary>
internal sealed class SoftmaxKind : LayerKind
{
    public override string Name => "Softmax";

    public override string Stem => "softmax";

    public override LayerRole Role => LayerRole.Head;

    public override LossKind? Loss => LossKind.CrossEntropy;

    public override Layer? Read(LayerReader reader)
    {
        reader.OutputDespiteFaults = reader.Input;
        if (!reader.RequireFlat(out Shape? input))
            return null;
        if (input.Length > 1)
            return new SoftmaxLayer(reader.Name, input);
        reader.Fail(
            LayerFault.SoftmaxOfOne,
            null,
            "has one input, and the softmax of one value is always 1; use [Dense(2), Softmax] for two classes, or leave Softmax out for a regression");
        return null;
    }
}

/// <summary>The probabilities of a classifier.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Flat features, the logits.</param>
internal sealed record SoftmaxLayer(string Name, Shape Input) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "Softmax";

    public override string Description => "";

    public void Lower(GraphBuilder graph) => graph.End(new SoftmaxCrossEntropy());
}
