using NetGen.Generator.Model;

namespace NetGen.Generator.Graph.Losses;

/// <summary>The last values as they are, with the mean of their squared errors.</summary>
internal sealed class MeanSquaredError : Head
{
    public override LossKind Loss => LossKind.MeanSquaredError;

    public override bool Classifies => false;

    public override string Outputs => "the outputs";
}
