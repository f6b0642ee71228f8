using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[Concat("name", …)]</c>.</summary>
internal sealed class ConcatKind : LayerKind
{
    public override string Name => "Concat";

    public override string Stem => "concat";

    public override Layer? Read(LayerReader reader)
    {
        EquatableArray<string> names = reader.EarlierLayers("layers");
        if (reader.Input is not { } input || names.Count == 0)
            return null;

        long channels = input.Channels;
        bool allAreKnown = true;
        foreach (string name in names)
        {
            if (reader.OutputOf(name) is { } other)
                channels = Sizes.Sum(channels, other.Channels);
            else
                allAreKnown = false;
        }

        foreach (string name in names.Items.Distinct())
        {
            string element = LayerReader.Element("layers", names.Items, name);
            if (reader.OutputOf(name) is { } other && Difference(input, other) is { } difference)
                reader.Fail(LayerFault.ShapesDiffer, element, $"joins '{name}' {other} to {input} along the channels, so {difference}");
            else if (input.IsFlat && reader.OutputOf(name) is not null && (reader.IsFlattened || reader.IsFlattenedAfter(name)))
                reader.Fail(LayerFault.ShapesDiffer, element, $"joins '{name}' to other features, and one of the two is an image that was flattened, whose values have another order in weight files; join the images before Flatten, or pool the image to features");
        }

        if (!allAreKnown || channels > Sizes.Limit)
        {
            if (allAreKnown)
                reader.Fail(LayerFault.TooLarge, null, Invariant($"joins {channels} channels, which is more than {Sizes.Limit}"));
            return null;
        }

        Shape output = new([.. input.Dimensions.Items.Take(input.Rank - 1), (int)channels]);
        reader.OutputDespiteFaults = output;
        return reader.Failed ? null : new ConcatLayer(reader.Name, input, output, reader.InputName, names);
    }

    /// <summary>In what two shapes differ beside their channels, in words with the numbers; null if they do not.</summary>
    private static string? Difference(Shape input, Shape other)
    {
        if (other.Rank != input.Rank)
            return Invariant($"both must have the same number of dimensions, but one has {other.Rank} and the other {input.Rank}");
        string[] dimensions = input.IsImage ? ["height", "width"] : ["length"];
        for (int i = 0; i < input.Rank - 1; i++)
        {
            if (other.Dimensions[i] != input.Dimensions[i])
                return Invariant($"their {dimensions[i]}s must be equal, but {other.Dimensions[i]} is not {input.Dimensions[i]}");
        }

        return null;
    }
}

/// <summary>The outputs of several layers side by side in one tensor: first the channels of the layer before, then those of the named ones in their order.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Output">The same shape with all channels.</param>
/// <param name="First">The name of the layer before; null for the network's input.</param>
/// <param name="Layers">The names of the earlier layers, whose outputs differ from the input in their channels alone.</param>
internal sealed record ConcatLayer(string Name, Shape Input, Shape Output, string? First, EquatableArray<string> Layers) : Layer(Name, Input, Output), ILowered
{
    public override string Kind => "Concat";

    public override string Description => $"{First ?? "input"}, {string.Join(", ", Layers.Items)}";

    public void Lower(GraphBuilder graph) => graph.Add(new ConcatOperation(graph.Layer, [graph.Current, .. Layers.Items.Select(graph.OutputOf)]));
}
