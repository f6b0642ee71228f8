using System.Globalization;
using System.Text;
using NetGen.Benchmarks.Contenders;
using NetGen.Benchmarks.Kernels;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.SideBySide;

namespace NetGen.Benchmarks.Reporting;

/// <summary>The figures as Markdown.</summary>
internal static class Report
{
    /// <summary>The rows side by side.</summary>
    public static string Suite(IReadOnlyList<Row> rows, IReadOnlyList<IContender> contenders)
    {
        IReadOnlyList<IContender> peers = [.. contenders.Skip(1)];
        var text = new StringBuilder();
        text.Append("| network | work | threads | NetGen µs | GFLOP/s | of peak |");
        foreach (IContender peer in peers)
            text.Append(CultureInfo.InvariantCulture, $" {peer.Name} µs | ratio |");
        text.Append("\n|---|---|--:|--:|--:|--:|");
        foreach (IContender _ in peers)
            text.Append("--:|--:|");
        text.Append('\n');
        foreach (Row row in rows)
        {
            BenchmarkCase benchmark = row.Case;
            string work = benchmark.Mode == Mode.Predict ? "predict" : "train";
            text.Append(CultureInfo.InvariantCulture, $"| {benchmark.Network.Name} | {work} {benchmark.Batch} | {benchmark.Threads} | {Micro(row.NetGen)} | {row.FlopRate / 1e9:F0} | {row.ShareOfPeak:P0} |");
            foreach (IContender peer in peers)
            {
                text.Append(row.Contenders.FirstOrDefault(result => result.Contender == peer) is { } result
                    ? Invariant($" {Micro(result)} | {row.Ratio(result):F2} |")
                    : " | |");
            }

            text.Append('\n');
        }

        foreach (IGrouping<int, Row> group in rows.GroupBy(row => row.Case.Threads))
        {
            text.Append(CultureInfo.InvariantCulture, $"\nFMA peak with {Threads(group.Key)}: {Statistics.Median(group.SelectMany(row => row.Peak)) / 1e9:F0} GFLOP/s (median of the rounds).");
        }

        return text.Append('\n').ToString();
    }

    /// <summary>The kernels, a layer a line.</summary>
    public static string Kernels(IReadOnlyList<KernelResult> results)
    {
        var text = new StringBuilder();
        text.Append("| network | layer | | inference | weight gradient | input gradient |\n|---|---|---|--:|--:|--:|\n");
        foreach (var layer in results.GroupBy(result => (result.Network.Name, result.Probe.Layer, result.Probe.Description)))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {layer.Key.Name} | {layer.Key.Layer} | {layer.Key.Description} |");
            foreach (KernelRole role in Enum.GetValues<KernelRole>())
            {
                text.Append(layer.FirstOrDefault(result => result.Probe.Role == role) is { } result
                    ? Invariant($" {result.FlopRate / 1e9:F0} ({result.ShareOfPeak:P0}) |")
                    : " |");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>One row for the terminal, while the suite runs.</summary>
    public static string Line(Row row)
    {
        string line = Invariant($"{row.Case,-36} {Micro(row.NetGen),9} µs {row.ShareOfPeak,5:P0}");
        foreach (Result result in row.Contenders.Skip(1))
            line += Invariant($"   {result.Contender.Name} {Micro(result)} µs, ratio {row.Ratio(result):F2}{(result.Variant.Length == 0 ? "" : $" ({result.Variant})")}");
        return line;
    }

    /// <summary>One kernel for the terminal.</summary>
    public static string Line(KernelResult result) => Invariant(
        $"{result.Network.Name,-10} {result.Probe.Layer,-7} {result.Probe.Role,-15} {result.FlopRate / 1e9,5:F0} GFLOP/s {result.ShareOfPeak,5:P0} of the peak");

    /// <summary>
    /// Puts a text into a file: between its marks <c>&lt;!-- NAME --&gt;</c> and <c>&lt;!-- end of NAME --&gt;</c>, or at its end,
    /// with marks, if it has none.
    /// </summary>
    public static void Write(string path, string name, string text)
    {
        string begin = $"<!-- {name} -->", end = $"<!-- end of {name} -->";
        string content = File.Exists(path) ? File.ReadAllText(path) : "";
        int from = content.IndexOf(begin, StringComparison.Ordinal);
        int to = content.IndexOf(end, StringComparison.Ordinal);
        string section = $"{begin}\n{text}{end}";
        File.WriteAllText(path, from >= 0 && to > from
            ? content[..from] + section + content[(to + end.Length)..]
            : content + section + "\n");
    }

    private static string Threads(int count) => count == 1 ? "1 thread" : Invariant($"{count} threads");

    private static string Micro(Result result)
    {
        double microseconds = result.Median * 1e6;
        string format = microseconds < 10 ? "F3" : microseconds < 100 ? "F1" : "F0";
        return microseconds.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
