using System.Globalization;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using NetGen.Generator.Rules;

namespace NetGen.Generator.Analysis.Advice;

/// <summary>Activations that are missing, doubled or misplaced, and stacks of ReLUs that may start with a gradient of 0: NG03xx.</summary>
internal static class ActivationAdvice
{
    /// <summary>The least probability, and with <see cref="Deep"/> the least number of layers, at which a stack is reported.</summary>
    private const double LikelyDead = 0.25;
    private const int Deep = 3;

    /// <summary>From this number of sigmoids on, less than a hundredth of a gradient gets through.</summary>
    private const int DeepSigmoids = 4;

    public static IEnumerable<Diagnostic> Of(DeclaredNetwork network)
    {
        for (int i = 0; i < network.Layers.Length; i++)
        {
            Diagnostic? found = network.Layers[i] switch
            {
                DenseLayer or ConvolutionLayer => Collapse(network, i),
                ReLULayer or LeakyReLULayer or PReLULayer => Twice(network, i),
                _ => null,
            };
            if (found is not null) yield return found;
        }

        if (Head(network) is { } head) yield return head;
        if (Stack(network) is { } stack) yield return stack;
        if (Sigmoids(network) is { } sigmoids) yield return sigmoids;
    }

    /// <summary>Reports a layer with weights that follows another with nothing but linear functions between.</summary>
    private static Diagnostic? Collapse(DeclaredNetwork network, int layer)
    {
        int before = network.Before(layer, static l => l is DropoutLayerBase or FlattenLayer or ReshapeLayer or AveragePool1DLayer or AveragePool2DLayer);
        if (before < 0) return null;
        (long from, long between, long to)? widths = (network.Layers[before], network.Layers[layer]) switch
        {
            (DenseLayer first, DenseLayer second) => (first.Input.Length, first.Units, second.Units),
            (ConvolutionLayer { Groups: 1 } first, DenseLayer second) => (first.Input.Length, first.Output.Length, second.Units),

            // A kernel of one row and one of one column are deliberate: together they are cheaper than the square. So are groups, and the convolution of
            // single pixels after them.
            (ConvolutionLayer { Groups: 1 } first, ConvolutionLayer { Groups: 1 } second) when first.IsSquare && second.IsSquare =>
                (first.Input.Channels, first.Filters, second.Filters),
            _ => null,
        };

        // Fewer values between than at both ends are a bottleneck: a map of low rank, with fewer weights than one layer would have.
        return widths is { } w && w.between >= Math.Min(w.from, w.to)
            ? Diagnostic.Create(
                ActivationRules.Collapses,
                network.At(layer),
                network.Layers[before].Name,
                network.Layers[layer].Name,
                Text(w.from),
                Text(w.between),
                Text(w.to),
                network.Layers[layer] is ConvolutionLayer ? "channels" : "values")
            : null;
    }

    private static Diagnostic? Twice(DeclaredNetwork network, int layer)
    {
        Layer own = network.Layers[layer];

        int before = network.Before(layer, static l => l.KeepsSign);
        if (before >= 0 && network.Layers[before] is ReLULayer)
            return Diagnostic.Create(ActivationRules.Twice, network.At(layer), own.Name, "after", network.Layers[before].Name, "nothing that comes from it is negative");
        return own is LeakyReLULayer && layer + 1 < network.Layers.Length && network.Layers[layer + 1] is ReLULayer && !network.IsJoined(layer)
            ? Diagnostic.Create(ActivationRules.Twice, network.At(layer), own.Name, "before", network.Layers[layer + 1].Name, "what it keeps of negative values becomes 0 there")
            : null;
    }

    private static Diagnostic? Head(DeclaredNetwork network)
    {
        int last = network.Layers.Length - 1;
        bool isClassifier = network.Model.Loss.Kind is LossKind.CrossEntropy or LossKind.BinaryCrossEntropy;
        int head = network.Before(isClassifier ? last : last + 1, static l => l is DropoutLayerBase or FlattenLayer or ReshapeLayer);
        if (head < 0 || network.Layers[head] is not ReLULayer) return null;
        string kind = network.Layers[last].Kind;
        return Diagnostic.Create(
            ActivationRules.RectifiedHead,
            network.At(head),
            network.Layers[head].Name,
            network.Model.Loss.Kind switch
            {
                LossKind.CrossEntropy => $"what {kind} reads: a class whose value is 0 for every sample gets no gradient and is never learnt; remove it, {kind} takes values of either sign",
                LossKind.BinaryCrossEntropy => $"what {kind} reads: no probability is below 0.5, and one that is 0.5 for every sample gets no gradient and stays there; remove it, {kind} takes values of either sign",
                _ => "the outputs of a regression: they are never negative, and one that is 0 for every sample gets no gradient and stays 0; remove it",
            });
    }

    /// <summary>
    /// The bound of Lu, Shin, Su and Karniadakis 2019 for weights from symmetric distributions and biases of 0: with n units a layer is
    /// dead for an input with a probability of 2^-n, and one dead layer is enough.
    /// </summary>
    private static Diagnostic? Stack(DeclaredNetwork network)
    {
        if (network.HasBranches) return null;
        List<(int Place, int Units)> rectified = [];
        for (int i = 0; i < network.Layers.Length; i++)
        {
            if (network.Layers[i] is ReLULayer && network.Before(i, static l => l is DropoutLayerBase { KeepsSign: true }) is var dense and >= 0 && network.Layers[dense] is DenseLayer { Units: var units })
                rectified.Add((dense, units));
        }

        double bound = 1 - rectified.Aggregate(1.0, static (alive, layer) => alive * (1 - Math.Pow(2, -layer.Units)));
        if (rectified.Count < Deep || bound < LikelyDead) return null;
        int narrowest = rectified.Min(static layer => layer.Units), widest = rectified.Max(static layer => layer.Units);
        return Diagnostic.Create(
            ActivationRules.DeepAndNarrow,
            network.At(rectified.First(layer => layer.Units == narrowest).Place),
            network.Model.Name,
            Text(rectified.Count),
            narrowest == widest ? Text(narrowest) : $"{Text(narrowest)} to {Text(widest)}",
            (100 * bound).ToString("F0", CultureInfo.InvariantCulture));
    }

    /// <summary>Reports the first of many hidden sigmoids, with the places of all. A branch or a normalisation brings gradients past them, or keeps them from the flat parts.</summary>
    private static Diagnostic? Sigmoids(DeclaredNetwork network)
    {
        int[] hidden = [.. Enumerable.Range(0, network.Layers.Length - 1).Where(i => network.Layers[i] is SigmoidLayer)];
        return network.HasBranches || network.Layers.Any(static layer => layer is BatchNormLayer or LayerNormLayer) || hidden.Length < DeepSigmoids
            ? null
            : Diagnostic.Create(
                ActivationRules.SigmoidStack,
                network.At(hidden[0]),
                hidden.Skip(1).Select(network.At),
                network.Model.Name,
                Text(hidden.Length),
                Math.Pow(4, -hidden.Length).ToString("G2", CultureInfo.InvariantCulture));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
