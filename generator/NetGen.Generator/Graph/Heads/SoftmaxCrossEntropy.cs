using NetGen.Generator.Model;

namespace NetGen.Generator.Graph.Heads;

/// <summary>Softmax with the cross-entropy, both computed from the logits.</summary>
internal sealed class SoftmaxCrossEntropy : Head
{
    public override LossKind Loss => LossKind.CrossEntropy;

    public override bool Classifies => true;

    public override bool HasOutputFunction => true;

    public override string Outputs => "the probabilities of the classes";

    public override string Targets => "probabilities";

    public override string TargetFault => "the targets of a sample are no probabilities, ";

    public override string MeanLoss => "The mean cross-entropy.";

    public override string? CheckTargets => "BatchChecks.Probabilities(Network, targets, OutputLength);";

    public override string Predict(string values, string destination) => $"Heads.Softmax({values}, {destination});";

    public override string LossOf(string values, string target, string outputs) => $"Heads.CrossEntropy({values}, {target}, {outputs})";

    public override string? BeforeLoss(string values, string outputs) => null;

    public override string GradientOf(string outputs, string target, string scale, string gradient) =>
        $"Heads.CrossEntropyGradient({outputs}, {target}, {scale}, {gradient});";
}
