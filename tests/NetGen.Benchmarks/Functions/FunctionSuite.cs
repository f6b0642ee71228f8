using System.Text;
using static System.FormattableString;

namespace NetGen.Benchmarks.Functions;

/// <summary>The errors of the elementary functions, as a table.</summary>
internal static class FunctionSuite
{
    /// <summary>Checks functions.</summary>
    /// <param name="functions">Which.</param>
    /// <param name="stride">From one bit pattern to the next; 1 for all.</param>
    /// <param name="threads">The number of threads.</param>
    /// <returns>A Markdown table.</returns>
    public static string Run(IEnumerable<CheckedFunction> functions, long stride, int threads)
    {
        StringBuilder table = new();
        table.AppendLine("| function | largest error, ulp | at x | decreases | wrong at 0, ∞ or NaN | other bits at another width |");
        table.AppendLine("|---|---|---|---|---|---|");
        foreach (CheckedFunction function in functions)
        {
            FunctionErrors errors = FunctionErrors.Of(function, stride, threads);
            string decreases = function.IsNonDecreasing ? Invariant($"{errors.Decreases}") : "not monotone";
            table.AppendLine(Invariant(
                $"| {function.Name} | {errors.MaxUlp:F2} | {errors.At:R} | {decreases} | {errors.WrongSpecial} | {errors.DifferentBits} |"));
        }

        return table.ToString();
    }
}
