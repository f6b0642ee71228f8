using System.Runtime.InteropServices;
using System.Text;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;
using NetGen.Benchmarks.Reporting;
using static System.FormattableString;

namespace NetGen.Benchmarks.Reading;

/// <summary>
/// One sample of networks of dense layers, on one thread, beside a loop that only reads as many bytes as the network has weights. Each weight is used once, so reading is the limit.
/// </summary>
internal static class ReadingSuite
{
    private static readonly string[] Names = ["mlp-small", "snn", "autoencoder", "mlp-1024"];

    /// <summary>Measures in turns, and gives the table.</summary>
    public static string Run(Timing timing)
    {
        StringBuilder text = new();
        text.Append(Invariant($"{ProcessorName.Get()}, {RuntimeInformation.FrameworkDescription}; medians of {timing.Rounds} rounds, one thread.\n\n"));
        text.Append("| | weights | prediction | only reading | share of the reading speed |\n|---|--:|--:|--:|--:|\n");
        foreach (ReferenceNetwork network in ReferenceNetwork.All.Where(network => Names.Contains(network.Name)))
        {
            int weights = network.Summary.Parameters;
            using ReadLoop reading = new(weights);
            IWork prediction = network.Prediction(batch: 1, threads: 1);
            Stopper.UntilCompiled(prediction);
            Stopper.UntilCompiled(reading);
            List<double> predictions = [], readings = [];
            for (int round = 0; round < timing.Rounds; round++)
            {
                predictions.Add(Stopper.Turn(prediction, timing));
                readings.Add(Stopper.Turn(reading, timing));
            }

            double bytes = (double)weights * sizeof(float);
            text.Append(Invariant($"| {network.Name} | {bytes / 1024:F0} KB | {Speed(predictions)} | {Speed(readings)} | {100 / Statistics.MedianRatio(predictions, readings):F0} % |\n"));

            string Speed(List<double> seconds) => Invariant($"{Statistics.Median(seconds) * 1e6:F2} µs, {bytes / Statistics.Median(seconds) / 1e9:F0} GB/s");
        }

        return text.ToString();
    }
}
