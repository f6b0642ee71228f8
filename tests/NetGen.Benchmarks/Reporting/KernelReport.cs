using System.Globalization;
using System.Text;
using NetGen.Benchmarks.Kernels;

namespace NetGen.Benchmarks.Reporting;

/// <summary>Single kernels as Markdown.</summary>
internal static class KernelReport
{
    private const double Aim = 0.7;

    /// <summary>A layer a line, under a heading that names the processor, and what is below the aim.</summary>
    public static string Table(IReadOnlyList<KernelResult> results, string machine)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"### One thread: {machine}\n\n");
        text.Append("| kernel | inference | weight gradient | input gradient | shape |\n|---|--:|--:|--:|---|\n");
        foreach (var layer in results.GroupBy(result => (Name(result), result.Probe.Description)))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {layer.Key.Item1} |");
            foreach (KernelRole role in Enum.GetValues<KernelRole>())
            {
                text.Append(layer.FirstOrDefault(result => result.Probe.Role == role) is { } result
                    ? Invariant($" {result.ShareOfPeak:P0} ({result.FlopRate / 1e9:F0}) |")
                    : " |");
            }

            text.Append(CultureInfo.InvariantCulture, $" {layer.Key.Description} |\n");
        }

        string[] below = [.. results.Where(result => result.ShareOfPeak < Aim).Select(result => $"{Name(result)} ({Text(result.Probe.Role)})")];
        return text.Append(CultureInfo.InvariantCulture, $"\nBelow {Aim:P0}: {(below.Length == 0 ? "none" : string.Join(", ", below))}.\n").ToString();
    }

    /// <summary>One kernel for the terminal.</summary>
    public static string Line(KernelResult result) => Invariant(
        $"{result.Network.Name,-10} {result.Probe.Layer,-7} {result.Probe.Role,-15} {result.FlopRate / 1e9,5:F0} GFLOP/s {result.ShareOfPeak,5:P0} of the peak");

    private static string Name(KernelResult result) => $"{result.Network.Name} {result.Probe.Layer}";

    private static string Text(KernelRole role) => role switch
    {
        KernelRole.Inference => "inference",
        KernelRole.WeightGradient => "weight gradient",
        KernelRole.InputGradient => "input gradient",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
