using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using NetGen.Generator.Rules;

namespace NetGen.Generator.Analysis.Advice;

/// <summary>Where dropout stands, and with what rate: NG0204 to NG0207, NG0209 and NG0210.</summary>
internal static class DropoutAdvice
{
    /// <summary>In the properties of NG0206, the combined rate.</summary>
    public const string CombinedRate = nameof(CombinedRate);

    private const double HighestOfInputs = 0.5;
    private const double HighestOfUnits = 0.8;

    public static IEnumerable<Diagnostic> Of(DeclaredNetwork network)
    {
        ImmutableArray<Layer> layers = network.Layers;
        int first = Array.FindIndex([.. layers], static layer => WeightedLayer.Of(layer) is not null);
        int last = Array.FindLastIndex([.. layers], static layer => layer.Parameters.Count > 0);
        for (int i = 0; i < layers.Length; i++)
        {
            if (layers[i] is not DropoutLayerBase dropout) continue;
            if (dropout.Rate == 0)
            {
                yield return Diagnostic.Create(DropoutRules.NoEffect, network.At(i), layers[i].Name);
                continue;
            }

            double highest = i < first ? HighestOfInputs : HighestOfUnits;
            if (i > last)
                yield return Diagnostic.Create(DropoutRules.AfterLastWeights, network.At(i), layers[i].Name, layers[last].Name);
            else if (dropout.Rate > highest)
                yield return Diagnostic.Create(DropoutRules.HighRate, network.At(i, "rate"), layers[i].Name, Text(dropout.Rate), i < first ? "the inputs" : "the values", Text(highest));

            if (IsBetweenConvolutions(network, i))
                yield return Diagnostic.Create(DropoutRules.BetweenConvolutions, network.At(i), layers[i].Name, layers[i].Input.ToString());

            if (layers[i] is AlphaDropoutLayer && !layers.Any(static layer => layer is SELULayer))
                yield return Diagnostic.Create(DropoutRules.AlphaWithoutSelu, network.At(i), layers[i].Name, network.Model.Name, Text(dropout.Rate));

            // Two of other kinds, or of two kinds, have no one rate.
            if (i > 0 && IsActive(layers[i]) && IsActive(layers[i - 1]) && !network.IsJoined(i - 1) && !(i > 1 && IsActive(layers[i - 2]) && !network.IsJoined(i - 2)))
                yield return InARow(network, i - 1);
        }
    }

    /// <summary>Whether the values of an image or a sequence are dropped one by one, and the weights before and after them are those of convolutions.</summary>
    private static bool IsBetweenConvolutions(DeclaredNetwork network, int place)
    {
        Layer layer = network.Layers[place];
        if (layer is not DropoutLayer || layer.Input.Length == layer.Input.Channels)
            return false;
        int before = network.Before(place, IsPassedOver);
        int after = network.After(place, IsPassedOver);
        return before >= 0 && after >= 0 && network.Layers[before] is ConvolutionLayer && network.Layers[after] is ConvolutionLayer;

        static bool IsPassedOver(Layer layer) => WeightedLayer.Of(layer) is null;
    }

    private static bool IsActive(Layer layer) => layer is DropoutLayer { Rate: > 0 };

    private static Diagnostic InARow(DeclaredNetwork network, int first)
    {
        int end = first + 1;
        while (end < network.Layers.Length && IsActive(network.Layers[end]) && !network.IsJoined(end - 1)) end++;
        DropoutLayer[] row = [.. network.Layers.Skip(first).Take(end - first).Cast<DropoutLayer>()];

        // Rounded: 1 - 0.9 · 0.8 is 0.28 and not 0.27999999999999997.
        string combined = Text(Math.Round(1 - row.Aggregate(1.0, static (kept, layer) => kept * (1 - layer.Rate)), 9));
        return Diagnostic.Create(
            DropoutRules.InARow,
            network.At(first + 1),
            [network.At(first), .. Enumerable.Range(first + 2, end - first - 2).Select(network.At)],
            ImmutableDictionary<string, string?>.Empty.Add(CombinedRate, combined),
            row[0].Name,
            string.Join(", ", row.Skip(1).Select(static layer => $"'{layer.Name}'")),
            string.Join(" and ", row.Select(static layer => Text(layer.Rate))),
            string.Join(" · ", row.Select(static layer => $"(1 - {Text(layer.Rate)})")),
            combined);
    }

    private static string Text(double rate) => rate.ToString("R", CultureInfo.InvariantCulture);
}
