using NetGen.Generator.Model;

namespace NetGen.Generator.Graph.Heads;

/// <summary>The last values as they are, with the mean of their squared errors.</summary>
internal sealed class MeanSquaredError : Head
{
    public override LossKind Loss => LossKind.MeanSquaredError;

    public override bool Classifies => false;

    public override bool HasOutputFunction => false;

    public override string Outputs => "the outputs";

    public override string Targets => "outputs";

    public override string TargetFault => "";

    public override string MeanLoss => "The mean of the squared errors of all outputs.";

    public override string? CheckTargets => null;

    public override string Predict(string values, string destination) => $"{values}.CopyTo({destination});";

    public override string LossOf(string values, string target, string outputs) => $"Heads.MeanSquaredError({values}, {target})";

    public override string? BeforeLoss(string values, string outputs) => $"{values}.CopyTo({outputs});";

    public override string GradientOf(string outputs, string target, string scale, string gradient) =>
        $"Heads.MeanSquaredErrorGradient({outputs}, {target}, {scale}, {gradient});";
}
