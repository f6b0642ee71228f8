using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Losses;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[LogSoftmax]</c>.</summary>
internal sealed class LogSoftmaxKind : LayerKind
{
    public override string Name => "LogSoftmax";

    public override string Stem => "logsoftmax";

    public override LayerRole Role => LayerRole.Head;

    public override LossKind? Loss => LossKind.CrossEntropy;

    public override Layer? Read(LayerReader reader)
    {
        reader.OutputDespiteFaults = reader.Input;
        if (!reader.RequireFlat(out Shape? input))
            return null;
        if (input.Length > 1)
            return new LogSoftmaxLayer(reader.Name, input);
        reader.Fail(
            LayerFault.SoftmaxOfOne,
            null,
            "has one input, and the softmax of one value is always 1, its logarithm 0; use [Dense(2), LogSoftmax] for two classes, or leave LogSoftmax out for a regression");
        return null;
    }
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
