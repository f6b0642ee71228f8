using System.Globalization;
using System.Text;
using NetGen.Benchmarks.Contenders;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.SideBySide;

namespace NetGen.Benchmarks.Reporting;

/// <summary>The libraries side by side, as Markdown: a table for each kind of work.</summary>
internal static class SideBySideReport
{
    /// <summary>The tables, each under a heading that names the processor.</summary>
    public static string Tables(IReadOnlyList<Row> rows, IReadOnlyList<IContender> contenders, string machine) => string.Join(
        "\n",
        rows.GroupBy(row => row.Case.Mode).Select(group => Table([.. group], [.. contenders.Skip(1)], Title(group.Key), machine)));

    /// <summary>One row for the terminal, while the suite runs.</summary>
    public static string Line(Row row)
    {
        string line = Invariant($"{row.Case,-36} {Micro(row.NetGen),9} µs {row.ShareOfPeak,5:P0}");
        foreach (Result result in row.Contenders.Skip(1))
            line += Invariant($"   {result.Contender.Name} {Micro(result)} µs, ratio {row.Ratio(result):F2}{(result.Variant.Length == 0 ? "" : $" ({result.Variant})")}");
        return line;
    }

    private static string Table(IReadOnlyList<Row> rows, IReadOnlyList<IContender> contenders, string title, string machine)
    {
        IReadOnlyList<IContender> peers = [.. contenders.Where(peer => rows.Any(row => row.Of(peer) is not null))];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"### {title}: {machine}\n\n| network, samples, threads |{(peers.Count > 0 ? " ratio |" : "")} NetGen µs |");
        foreach (IContender peer in peers)
            text.Append(CultureInfo.InvariantCulture, $" {peer.Name} µs (ratio) |");
        text.Append(" GFLOP/s | of peak |\n|---|").Insert(text.Length, "--:|", peers.Count + (peers.Count > 0 ? 4 : 3)).Append('\n');
        foreach (Row row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.Case.Network.Name}, {row.Case.Batch}, {row.Case.Threads} |");
            if (peers.Count > 0)
                text.Append(row.BestPeer is { } best ? Invariant($" **{row.Ratio(best):F2}** |") : " |");
            text.Append(CultureInfo.InvariantCulture, $" {Micro(row.NetGen)} |");
            foreach (IContender peer in peers)
                text.Append(row.Of(peer) is { } result ? Invariant($" {Micro(result)} ({row.Ratio(result):F2}) |") : " |");
            text.Append(CultureInfo.InvariantCulture, $" {row.FlopRate / 1e9:F0} | {row.ShareOfPeak:P0} |\n");
        }

        IEnumerable<string> limits = rows.GroupBy(row => row.Case.Threads).Select(group => Invariant(
            $"{Statistics.Median(group.SelectMany(row => row.Peak)) / 1e9:F0} GFLOP/s with {group.Key} {(group.Key == 1 ? "thread" : "threads")}"));
        return text.Append(CultureInfo.InvariantCulture, $"\nFMA peak, the median of the rounds: {string.Join(", ", limits)}.\n").ToString();
    }

    private static string Title(Mode mode) => mode switch
    {
        Mode.Predict => "Prediction",
        Mode.Train => "Training step",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, null),
    };

    private static string Micro(Result result)
    {
        double microseconds = result.Median * 1e6;
        string format = microseconds < 10 ? "F3" : microseconds < 100 ? "F1" : "F0";
        return microseconds.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
