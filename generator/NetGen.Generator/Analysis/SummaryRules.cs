using System.Globalization;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Graph;
using NetGen.Generator.Model;
using NetGen.Generator.Rules;

namespace NetGen.Generator.Analysis;

/// <summary>What the compiler knows about a network: NG00xx, information that builds do not print.</summary>
internal static class SummaryRules
{
    public static readonly DiagnosticDescriptor Summary = new(
        "NG0001",
        "The summary of a network",
        "{0}: {1}, {2} → {3}, {4} parameters ({5} bytes), {6} FLOPs and {7} bytes of activations per sample, {8}",
        "NetGen.Summary",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "The shapes, parameters and costs of a network that can be built, and the form of its code.",
        RulePages.Of("NG0001"));

    public static Diagnostic Report(NetworkModel model, Location location)
    {
        NetworkPlan plan = new(model);
        return Diagnostic.Create(
            Summary,
            location,
            model.Name,
            Text(model.Layers.Count) + (model.Layers.Count == 1 ? " layer" : " layers"),
            model.Input.ToString(),
            model.Output.ToString(),
            Text(model.ParameterCount),
            Text(sizeof(float) * (long)model.ParameterCount),
            Text(model.Flops),
            Text(plan.ActivationBytes),
            Form(plan));
    }

    /// <summary>Whether the code is unrolled, and if not, why.</summary>
    private static string Form(NetworkPlan plan) => !plan.IsUnrolled ? InLoops(plan.Inference)
        : plan.TrainingMemory.IsUnrolled ? "unrolled over inputs and outputs"
        : "prediction unrolled over inputs and outputs, training " + InLoops(plan.Training);

    private static string InLoops(NetworkGraph graph) => graph.Operations.FirstOrDefault(operation => operation.Unrolled is null) is { } other
        ? $"in loops: only dense layers are unrolled, and {other.Layers[0]} is not part of one"
        : "in loops: too many multiply-adds to be unrolled";

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
