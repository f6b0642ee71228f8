using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Emission;

/// <summary>The settings of the loss in generated code. Most networks have none.</summary>
internal static class LossText
{
    /// <summary>The line of a plan with the settings, after a line break; empty if there are none.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="settings">The settings, if they are declared elsewhere.</param>
    public static string Setting(NetworkPlan plan, string? settings = null)
    {
        string[] own = Settings(plan);
        return own.Length == 0 ? "" : $"\n    LossSettings = {settings ?? $"new() {{ {string.Join(", ", own)} }}"},";
    }

    private static string[] Settings(NetworkPlan plan)
    {
        LossModel loss = plan.Model.Loss;
        List<string> settings = [];
        if (loss.Delta != 1)
            settings.Add($"Delta = {Text(loss.Delta)}");
        if (loss.LabelSmoothing != 0)
            settings.Add($"LabelSmoothing = {Text(loss.LabelSmoothing)}");
        if (loss.IgnoreLabel is { } ignored)
            settings.Add(Invariant($"IgnoreLabel = {ignored}"));
        if (loss.ClassWeights.Count > 0)
            settings.Add($"ClassWeights = [{string.Join(", ", loss.ClassWeights.Items.Select(weight => Text(weight) + "f"))}]");
        if (plan.Head.GivesLogarithms)
            settings.Add("GivesLogarithms = true");
        return [.. settings];
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
