using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Model;
using NetGen.Generator.Text;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>The settings of the loss in generated code. Most networks have none.</summary>
internal static class LossText
{
    /// <summary>Whether the loss has settings.</summary>
    public static bool HasSettings(NetworkPlan plan) => Settings(plan).Length > 0;

    /// <summary>The line of a plan with the settings, after a line break; empty if there are none.</summary>
    public static string Setting(NetworkPlan plan) => HasSettings(plan) ? "\n    LossSettings = Descriptions.LossSettings," : "";

    /// <summary>Writes the member with the settings, if there are any.</summary>
    public static void WriteSettings(CodeWriter code, NetworkPlan plan)
    {
        if (!HasSettings(plan))
            return;
        code.Line($"internal static readonly LossSettings LossSettings = new() {{ {string.Join(", ", Settings(plan))} }};");
        code.Line();
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
