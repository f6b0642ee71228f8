using System.Globalization;
using System.Text;
using NetGen.Benchmarks.Contenders;
using NetGen.Benchmarks.Sweeps;
using static System.FormattableString;

namespace NetGen.Benchmarks.Reporting;

/// <summary>Sweeps over batch sizes as Markdown: a table for each network and kind of work.</summary>
internal static class SweepReport
{
    /// <summary>One table.</summary>
    public static string Table(Sweep sweep)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"### {sweep.Network}, {(sweep.Mode == Mode.Predict ? "prediction" : "training step")}\n\n| samples |");
        foreach (int threads in sweep.Threads)
            text.Append(CultureInfo.InvariantCulture, $" µs, {threads} {(threads == 1 ? "thread" : "threads")} | of the expected |");
        bool compares = sweep.Threads.Count > 1;
        text.Append(compares ? " gain |\n" : "\n").Append("|--:|").Insert(text.Length, "--:|", (2 * sweep.Threads.Count) + (compares ? 1 : 0)).Append('\n');
        foreach (int size in sweep.Sizes)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {size} |");
            foreach (int threads in sweep.Threads)
            {
                double seconds = sweep.Seconds[(size, threads)];
                text.Append(CultureInfo.InvariantCulture, $" {seconds * 1e6:F1} | {seconds / sweep.Expected(size, threads):F2} |");
            }

            text.Append(compares ? Invariant($" {sweep.Seconds[(size, sweep.Threads[0])] / sweep.Seconds[(size, sweep.Threads[^1])]:F2} |\n") : "\n");
        }

        return text.ToString();
    }
}
