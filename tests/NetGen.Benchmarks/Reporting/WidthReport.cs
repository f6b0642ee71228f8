using System.Globalization;
using System.Text;
using NetGen.Benchmarks.Widths;

namespace NetGen.Benchmarks.Reporting;

/// <summary>Shares of the FMA peak by the number of filters, as Markdown.</summary>
internal static class WidthReport
{
    /// <summary>The table.</summary>
    public static string Table(IEnumerable<WidthResult> results)
    {
        var text = new StringBuilder();
        text.Append("| filters | prediction, as many channels | training | prediction, 32 channels | training |\n|--:|--:|--:|--:|--:|\n");
        foreach (WidthResult result in results)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {result.Filters} | {result.Square.Prediction:P0} | {result.Square.Training:P0} | {result.Of32.Prediction:P0} | {result.Of32.Training:P0} |\n");
        }

        return text.ToString();
    }
}
