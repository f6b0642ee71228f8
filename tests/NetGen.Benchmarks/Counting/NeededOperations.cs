using System.Globalization;
using System.Reflection;

namespace NetGen.Benchmarks.Counting;

/// <summary>
/// The multiply-adds of convolutions and dense layers that a result needs, for one sample.
/// <para>
/// They are those of the direct algorithm, in which every output of a layer is a sum of products of an input and a weight,
/// without two kinds: products with the zeros of padding, and products for an output that no output of the network depends on.
/// Pooling that does not divide its input evenly leaves such outputs, and so do strides. What a clever algorithm could save
/// beyond that (Winograd, FFT) still counts.
/// </para>
/// <para>
/// The gradient with respect to the weights, and the one with respect to the inputs, take the same products again: each
/// output that is needed sends its gradient along the same pairs of input and weight. Gradients that happen to be zero,
/// behind ReLU, dropout or a maximum, count like others: where they are zero is not known before.
/// </para>
/// </summary>
internal sealed class NeededOperations
{
    private readonly List<(string Layer, long MultiplyAdds)> _weighted = [];

    /// <summary>Counts for a network, by the attributes of its class.</summary>
    /// <exception cref="NotSupportedException">It has a layer that is not counted here yet.</exception>
    public NeededOperations(Type network)
    {
        // Value 0 is the input, value i + 1 the output of layer i.
        List<Extent> values = [Extent.Of(network.GetCustomAttribute<InputAttribute>()!.Shape)];
        List<bool> haveGradients = [false];
        List<(CountedLayer Layer, int Source, int[] Joined)> layers = [];
        var counts = new Dictionary<string, int>();
        var places = new Dictionary<string, int>();
        foreach (LayerAttribute attribute in network.GetCustomAttributes<LayerAttribute>())
        {
            int source = attribute.From is { } from ? places[from] : layers.Count;
            IReadOnlyList<string> names = attribute switch { AddAttribute add => add.Layers, ConcatAttribute concat => concat.Layers, _ => [] };
            int[] joined = [.. names.Select(name => places[name])];
            CountedLayer layer = attribute is ConcatAttribute
                ? CountedLayer.Joined(values[source], joined.Select(place => values[place]))
                : CountedLayer.Of(attribute, values[source], NameOf(attribute, counts));
            layers.Add((layer, source, joined));
            values.Add(layer.Output);
            haveGradients.Add(layer.WeightName is not null || attribute is BatchNormAttribute || haveGradients[source] || joined.Any(place => haveGradients[place]));
            if (attribute.Name is { } given)
                places[given] = layers.Count;
        }

        foreach (bool training in new[] { false, true })
        {
            Region?[] needed = new Region?[values.Count];
            needed[^1] = Region.Whole(values[^1]);
            for (int i = layers.Count - 1; i >= 0; i--)
            {
                (CountedLayer layer, int source, int[] joined) = layers[i];
                Region output = needed[i + 1]!;
                if (layer.WeightName is not null && training)
                    Training += layer.MultiplyAdds(output) * (haveGradients[source] ? 3 : 2);
                else if (layer.WeightName is not null)
                    _weighted.Insert(0, (layer.WeightName, layer.MultiplyAdds(output)));

                Need(source, training ? layer.ReadsInTraining(output) : layer.Reads(output));
                foreach (int place in joined)
                    Need(place, output);
            }

            void Need(int place, Region region) => needed[place] = needed[place]?.Union(region) ?? region;
        }
    }

    /// <summary>Names and multiply-adds of the convolutions and dense layers, in order. Either gradient takes as many.</summary>
    public IReadOnlyList<(string Layer, long MultiplyAdds)> Weighted => _weighted;

    /// <summary>Multiply-adds of a prediction.</summary>
    public long Prediction => _weighted.Sum(layer => layer.MultiplyAdds);

    /// <summary>
    /// Multiply-adds of a training step: a prediction, the gradients with respect to the weights, and the gradients with respect
    /// to those inputs of these layers that trained parameters change: the values that the network is given need no gradient. Frozen layers count as if they were trained.
    /// </summary>
    public long Training { get; }

    /// <summary>Multiply-adds of one layer.</summary>
    public long Of(string layer) => _weighted.Single(weighted => weighted.Layer == layer).MultiplyAdds;

    private static string NameOf(LayerAttribute attribute, Dictionary<string, int> counts)
    {
        string stem = attribute switch
        {
            Conv1DAttribute or Conv2DAttribute => "conv",
            DepthwiseConv2DAttribute => "depthwise",
            DenseAttribute => "dense",
            _ => "",
        };
        counts[stem] = counts.GetValueOrDefault(stem) + 1;
        return attribute.Name ?? stem + counts[stem].ToString(CultureInfo.InvariantCulture);
    }
}
