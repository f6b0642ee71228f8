using NetGen.Generator.Model;

namespace NetGen.Generator.Graph.Losses;

/// <summary>The logarithm of softmax with the cross-entropy, both computed from the logits.</summary>
internal sealed class LogSoftmaxCrossEntropy : Head
{
    public override LossKind Loss => LossKind.CrossEntropy;

    public override bool Classifies => true;

    public override bool HasLogits => true;

    public override bool GivesLogarithms => true;

    public override string Outputs => "the logarithms of the probabilities of the classes";
}
