using NetGen.Generator.Graph;
using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[Reshape(features)]</c>, <c>[Reshape(length, channels)]</c> and <c>[Reshape(height, width, channels)]</c>.</summary>
internal sealed class ReshapeKind : LayerKind
{
    private static readonly string[] Dimensions = ["features", "length", "height", "width", "channels"];

    public override string Name => "Reshape";

    public override string Stem => "reshape";

    public override Layer? Read(LayerReader reader)
    {
        string[] given = [.. Dimensions.Where(reader.Has)];
        int[] sizes = [.. given.Select(dimension => reader.Positive(dimension))];
        if (reader.Failed)
            return null;
        Shape output = new(sizes.ToEquatableArray());
        reader.OutputDespiteFaults = output.LongLength <= Sizes.Limit ? output : null;
        if (reader.Input is not { } input)
            return null;
        if (input.LongLength == output.LongLength)
            return new ReshapeLayer(reader.Name, input, output);
        reader.Fail(LayerFault.ShapesDiffer, null, $"makes {output} of {input}, but {Product(output)} is not {Product(input)}; a reshape keeps every value");
        return null;
    }

    private static string Product(Shape shape) => shape.IsFlat
        ? Invariant($"{shape.LongLength}")
        : Invariant($"{string.Join("·", shape.Dimensions.Items)} = {shape.LongLength}");
}

/// <summary>The same values in another shape, in the order in which they are stored: row by row, channels last.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Output">A shape of as many values.</param>
internal sealed record ReshapeLayer(string Name, Shape Input, Shape Output) : Layer(Name, Input, Output), ILowered
{
    public override string Kind => "Reshape";

    public override string Description => "";

    public override bool KeepsSign => true;

    public void Lower(GraphBuilder graph) => graph.Reshape(Output);
}
