using System.Globalization;
using System.Text;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Reporting;

/// <summary>The operations that results need beside those that are usually counted, as Markdown.</summary>
internal static class OperationsReport
{
    /// <summary>The networks for which the two differ, and those of their layers for which they do.</summary>
    public static string Table(IEnumerable<ReferenceNetwork> networks)
    {
        var text = new StringBuilder();
        text.Append("| | needed of usual | needed | usual |\n|---|--:|--:|--:|\n");
        foreach (ReferenceNetwork network in networks)
        {
            foreach ((string layer, long multiplyAdds) in network.Needed.Weighted)
                Append($"{network.Name} {layer}", multiplyAdds, network.Summary.Layers.Single(l => l.Name == layer).Flops / 2);
            Append($"{network.Name}, prediction", network.Needed.Prediction, network.Summary.Flops / 2);
            Append($"{network.Name}, training step", network.Needed.Training, ((3 * network.Summary.Flops) - First(network)) / 2);
        }

        return text.ToString();

        void Append(string name, long needed, long usual)
        {
            if (needed != usual)
                text.Append(CultureInfo.InvariantCulture, $"| {name} | {(double)needed / usual:P1} | {needed:N0} | {usual:N0} |\n");
        }
    }

    private static long First(ReferenceNetwork network) => network.Summary.Layers.First(layer => layer.Flops > 0).Flops;
}
