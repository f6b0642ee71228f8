using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Losses;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[LogSoftmax]</c>.</summary>
internal sealed class LogSoftmaxKind : SoftmaxKindBase
{
    public override string Name => "LogSoftmax";

    public override string Stem => "logsoftmax";

    protected override string OfOneValue => "always 1, its logarithm 0";

    protected override Layer Create(string name, Shape input) => new LogSoftmaxLayer(name, input);
}

/// <summary>The logarithms of the probabilities of a classifier.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Flat features, the logits.</param>
internal sealed record LogSoftmaxLayer(string Name, Shape Input) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "LogSoftmax";

    public override string Description => "";

    public void Lower(GraphBuilder graph) => graph.End(new LogSoftmaxCrossEntropy());
}
