using System.Globalization;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using NetGen.Generator.Rules;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Declaration;

/// <summary>Reads <c>[Loss]</c>, and finds the loss of a network that has none.</summary>
internal static class LossReader
{
    /// <summary>The loss of a network.</summary>
    /// <param name="attribute">Its <c>[Loss]</c>; null if it has none.</param>
    /// <param name="last">The kind of the last layer.</param>
    /// <param name="outputs">The number of outputs; null if it is unknown.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static LossModel Read(AttributeData? attribute, LayerKind last, long? outputs, FaultList faults)
    {
        LossModel inferred = new(last.Loss ?? LossKind.MeanSquaredError);
        if (attribute is null || AttributeArguments.AreBroken(attribute))
            return inferred;
        IReadOnlyDictionary<string, object?> arguments = AttributeArguments.Read(attribute);
        int given = arguments.TryGetValue("loss", out object? value) && value is int number ? number : -1;
        if (!Enum.IsDefined(typeof(LossKind), given))
        {
            string names = string.Join(", ", Enum.GetNames(typeof(LossKind)));
            Fail("loss", Invariant($"has loss = {given}, but it must be one of {names}"));
            return inferred;
        }

        var kind = (LossKind)given;
        if (Contradiction(kind, last) is { } remedy)
        {
            faults.At(attribute, "loss", DeclarationRules.LossContradictsHead, kind.ToString(), last.Name, remedy);
            return inferred;
        }

        LossModel loss = new(kind);
        if (Takes("Delta", LossKind.Huber))
        {
            double delta = (double)arguments["Delta"]!;
            if (!((float)delta > 0 && (float)delta <= float.MaxValue))
                Fail("Delta", $"has Delta = {Text(delta)}, but it must be positive and within the range of a float");
            loss = loss with { Delta = delta };
        }

        if (Takes("LabelSmoothing", LossKind.CrossEntropy))
        {
            double share = (double)arguments["LabelSmoothing"]!;
            if (!(share >= 0 && share < 1))
                Fail("LabelSmoothing", $"has LabelSmoothing = {Text(share)}, but it must be at least 0 and less than 1");
            loss = loss with { LabelSmoothing = share };
        }

        if (Takes("IgnoreLabel", LossKind.CrossEntropy))
            loss = loss with { IgnoreLabel = (int)arguments["IgnoreLabel"]! };
        if (Takes("ClassWeights", LossKind.CrossEntropy))
        {
            double[] weights = arguments["ClassWeights"] as double[] ?? [];
            if (WeightFault(weights, outputs) is { } fault)
                Fail("ClassWeights", fault);
            loss = loss with { ClassWeights = weights.ToEquatableArray() };
        }

        return loss;

        void Fail(string argument, string message) => faults.At(attribute, argument, DeclarationRules.ArgumentOutOfRange, "Loss " + message);

        bool Takes(string argument, LossKind owner)
        {
            if (!arguments.ContainsKey(argument))
                return false;
            if (kind != owner)
                Fail(argument, $"has {argument}, which is a setting of {owner}, but the loss is {kind}");
            return kind == owner;
        }
    }

    /// <summary>What to do about a loss that does not suit the last layer; null if it does.</summary>
    private static string? Contradiction(LossKind loss, LayerKind last) => (loss, last.Loss) switch
    {
        (LossKind.CrossEntropy, LossKind.CrossEntropy) or (LossKind.BinaryCrossEntropy, LossKind.BinaryCrossEntropy) => null,
        (LossKind.BinaryCrossEntropy, LossKind.CrossEntropy) =>
            $"{last.Name} is trained with CrossEntropy; end in [Sigmoid] for outputs that are probabilities independent of one another",
        (_, LossKind.CrossEntropy) => $"{last.Name} is trained with CrossEntropy; remove {last.Name} for a regression",
        (LossKind.CrossEntropy, LossKind.BinaryCrossEntropy) =>
            "CrossEntropy is computed from a Softmax layer; end in [Softmax] for one class out of several",
        (LossKind.CrossEntropy, _) => "CrossEntropy is computed from a Softmax layer; add [Softmax] at the end",
        (LossKind.BinaryCrossEntropy, _) => "BinaryCrossEntropy is computed from a Sigmoid layer; add [Sigmoid] at the end",
        _ => null,
    };

    private static string? WeightFault(double[] weights, long? outputs)
    {
        if (outputs is { } classes && weights.Length != classes)
            return Invariant($"has {weights.Length} ClassWeights, but the network has {classes} classes");
        int wrong = Array.FindIndex(weights, weight => !(weight >= 0 && weight <= float.MaxValue));
        if (wrong >= 0)
            return Invariant($"has the weight {Text(weights[wrong])} for class {wrong}, but it must be at least 0 and finite");
        return weights.Length > 0 && Array.TrueForAll(weights, weight => (float)weight == 0) ? "has ClassWeights that are all 0, so no sample would count" : null;
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
