using NetGen.Generator.Model;

namespace NetGen.Generator.Graph.Losses;

/// <summary>No output function (the identity), with the mean squared error.</summary>
internal sealed class MeanSquaredError : Head
{
    public override LossKind Loss => LossKind.MeanSquaredError;

    public override string Outputs => "the outputs";
}
