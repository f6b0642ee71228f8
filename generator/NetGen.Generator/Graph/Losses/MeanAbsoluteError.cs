using NetGen.Generator.Model;

namespace NetGen.Generator.Graph.Losses;

/// <summary>No output function (the identity), with the mean absolute error.</summary>
internal sealed class MeanAbsoluteError : Head
{
    public override LossKind Loss => LossKind.MeanAbsoluteError;

    public override string Outputs => "the outputs";
}
