using NetGen.Generator.Model;

namespace NetGen.Generator.Graph.Losses;

/// <summary>No output function (the identity), with the loss of Huber.</summary>
internal sealed class Huber : Head
{
    public override LossKind Loss => LossKind.Huber;

    public override string Outputs => "the outputs";
}
