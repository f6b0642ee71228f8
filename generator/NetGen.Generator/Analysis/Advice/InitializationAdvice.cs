using System.Globalization;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using NetGen.Generator.Rules;

namespace NetGen.Generator.Analysis.Advice;

/// <summary>Weights and biases that begin in a way from which a layer does not learn, or learns slowly: NG0305 to NG0307, NG0312.</summary>
internal static class InitializationAdvice
{
    /// <summary>From this share of the mean square on, NG0307 is silent.</summary>
    private const double NearlyAll = 0.9;

    /// <summary>From this share of active inputs on, which a message would call 50 %, NG0306 is silent.</summary>
    private const double NearlyHalf = 0.495;

    public static IEnumerable<Diagnostic> Of(DeclaredNetwork network)
    {
        for (int i = 0; i < network.Layers.Length; i++)
        {
            if (WeightedLayer.Of(network.Layers[i]) is not { } layer) continue;
            if (AllTheSame(network, i, layer) is { } same) yield return same;
            if (NegativeBias(network, i, layer) is { } negative) yield return negative;
            if (Glorot(network, i, layer) is { } glorot) yield return glorot;
            if (He(network, i, layer) is { } he) yield return he;
        }
    }

    private static Diagnostic? AllTheSame(DeclaredNetwork network, int place, WeightedLayer layer)
    {
        if (layer.Weight.SameEverywhere is not { } weight) return null;
        string? consequence = weight == 0 && DeadAt(network, place, layer) is { } activation
            ? $"whatever the input, '{network.Layers[activation].Name}' gets 0 or less, where the gradient is 0, so neither '{layer.Name}' nor a layer before it ever learns"
            : layer.Units > 1 && layer.Bias.SameEverywhere is not null ? Symmetry(network, place, layer, weight) : null;
        return consequence is null
            ? null
            : Diagnostic.Create(InitializationRules.AllTheSame, network.At(place, "Initializer"), layer.Name, Text(weight), consequence);
    }

    /// <summary>The rectifier at which the gradient of a layer with weights of 0 ends; null if there is none, or none is certain.</summary>
    private static int? DeadAt(DeclaredNetwork network, int place, WeightedLayer layer)
    {
        // The output of every unit for every input; at first its bias.
        double? value = layer.Bias.SameEverywhere;
        for (int i = place + 1; i < network.Layers.Length && value is not null && !network.IsJoined(i - 1); i++)
        {
            switch (network.Layers[i])
            {
                case ReLULayer or LeakyReLULayer { Slope: 0 } when value <= 0:
                    return i;
                case ReLULayer or LeakyReLULayer or { KeepsSign: true }:
                    break;

                // Subtracting the mean of equal values leaves 0; if they are not 0, only up to rounding errors.
                case BatchNormLayer when value == 0:
                    break;

                // Weights times 0.
                case var next when value == 0 && WeightedLayer.Of(next) is { } further:
                    value = further.Bias.SameEverywhere;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>The consequence for units that begin as copies of each other; null if the next layer tells them apart.</summary>
    private static string? Symmetry(DeclaredNetwork network, int place, WeightedLayer layer, double weight)
    {
        // Dropout between would drop some of them and not others.
        int next = network.After(place, static l => l is ReLULayer or LeakyReLULayer or BatchNormLayer or FlattenLayer or ReshapeLayer or PoolingLayer or GlobalPoolingLayer);
        if (next < 0 || WeightedLayer.Of(network.Layers[next]) is not { } following) return null;
        if (following.Weight.SameEverywhere is not null)
        {
            return $"its {Text(layer.Units)} units compute the same, and '{following.Name}', whose weights are all the same as well, gives them the same gradient, " +
                "so they stay one unit for good";
        }

        double usual = Math.Sqrt(2.0 / layer.FanIn);
        bool isNormalised = place + 1 < network.Layers.Length && network.Layers[place + 1] is BatchNormLayer;
        return Math.Abs(weight) > usual && !isNormalised
            ? $"its {Text(layer.Units)} units compute the same at first, and with more than the sqrt(2 / {Text(layer.FanIn)}) = {Short(usual)} of HeNormal, " +
                "so that the layers after it get one large value many times"
            : null;
    }

    private static Diagnostic? NegativeBias(DeclaredNetwork network, int place, WeightedLayer layer)
    {
        double deviation = Math.Sqrt(layer.FanIn * layer.MeanSquareOfWeight);
        if (layer.Bias.SameEverywhere is not { } bias
            || bias >= 0
            || deviation == 0
            || network.After(place, static l => l.KeepsSign) is var activation && (activation < 0 || network.Layers[activation] is not ReLULayer))
        {
            return null;
        }

        double active = NormalDistribution(bias / deviation);
        return active < NearlyHalf
            ? Diagnostic.Create(
                InitializationRules.NegativeBias,
                network.At(place, "BiasInitialValue"),
                layer.Name,
                Text(bias),
                network.Layers[activation].Name,
                Short(deviation),
                (100 * active).ToString("F0", CultureInfo.InvariantCulture))
            : null;
    }

    private static Diagnostic? Glorot(DeclaredNetwork network, int place, WeightedLayer layer)
    {
        if (!network.Gives(place, "Initializer")
            || layer.Weight.Kind is not (InitializerKind.GlorotUniform or InitializerKind.GlorotNormal)
            || network.After(place, static l => l.KeepsSign) is var activation && activation < 0)
        {
            return null;
        }

        double? slope = network.Layers[activation] switch { ReLULayer => 0, LeakyReLULayer leaky => leaky.Slope, PReLULayer => PReLULayer.InitialSlope, _ => null };
        double? kept = (1 + (slope * slope)) / 2 * layer.FanIn * layer.MeanSquareOfWeight;
        return kept < NearlyAll
            ? Diagnostic.Create(
                InitializationRules.GlorotBeforeRectifier,
                network.At(place, "Initializer"),
                layer.Name,
                layer.Weight.Kind.ToString(),
                network.Layers[activation].Name,
                Text(layer.FanIn),
                Text(layer.FanOut),
                (100 * kept.Value).ToString("F0", CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>Reports He's initialisation before a hidden sigmoid or tanh, unless Glorot's would be nearly the same.</summary>
    private static Diagnostic? He(DeclaredNetwork network, int place, WeightedLayer layer)
    {
        if (!network.Gives(place, "Initializer")
            || layer.Weight.Kind is not (InitializerKind.HeUniform or InitializerKind.HeNormal)
            || layer.FanIn >= NearlyAll * ((double)layer.FanIn + layer.FanOut)
            || network.After(place, static l => l.KeepsSign) is var activation && (activation < 0 || activation == network.Layers.Length - 1))
        {
            return null;
        }

        return network.Layers[activation] is SigmoidLayer or TanhLayer
            ? Diagnostic.Create(
                InitializationRules.HeBeforeSaturating,
                network.At(place, "Initializer"),
                layer.Name,
                layer.Weight.Kind.ToString(),
                network.Layers[activation].Name,
                Text(layer.FanIn),
                Text(layer.FanOut))
            : null;
    }

    /// <summary>
    /// The standard normal distribution function of a negative number, off by less than 1e-5 (Abramowitz and Stegun 1964, 26.2.16).
    /// </summary>
    private static double NormalDistribution(double x)
    {
        double t = 1 / (1 - (0.33267 * x));
        return Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) * t * (0.4361836 + (t * (-0.1201676 + (t * 0.9372980))));
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Short(double number) => number.ToString("G2", CultureInfo.InvariantCulture);
}
