using NetGen.Generator.Model;

namespace NetGen.Generator.Graph.Losses;

/// <summary>Softmax with the cross-entropy, both computed from the logits.</summary>
internal sealed class SoftmaxCrossEntropy : Head
{
    public override LossKind Loss => LossKind.CrossEntropy;

    public override bool Classifies => true;

    public override bool HasLogits => true;

    public override string Outputs => "the probabilities of the classes";
}
