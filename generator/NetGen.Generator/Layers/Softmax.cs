using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Losses;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[Softmax]</c>.</summary>
internal sealed class SoftmaxKind : SoftmaxKindBase
{
    public override string Name => "Softmax";

    public override string Stem => "softmax";

    protected override string OfOneValue => "always 1";

    protected override Layer Create(string name, Shape input) => new SoftmaxLayer(name, input);
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
