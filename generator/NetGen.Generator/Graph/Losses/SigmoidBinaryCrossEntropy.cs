using NetGen.Generator.Model;

namespace NetGen.Generator.Graph.Losses;

/// <summary>Sigmoid with the binary cross-entropy, both computed from the logits.</summary>
/// <param name="outputs">The number of outputs: one for a binary classifier.</param>
internal sealed class SigmoidBinaryCrossEntropy(int outputs) : Head
{
    public override LossKind Loss => LossKind.BinaryCrossEntropy;

    // One output is the probability of class 1, so a label is 0 or 1.
    public override bool TakesLabels => outputs == 1;

    public override bool HasLogits => true;

    public override string Outputs => outputs == 1 ? "the probability of class 1" : "the probabilities";
}
