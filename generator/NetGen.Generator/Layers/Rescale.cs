using NetGen.Generator.Graph;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[Rescale(scale, offset)]</c>.</summary>
internal sealed class RescaleKind : LayerKind
{
    public override string Name => "Rescale";

    public override string Stem => "rescale";

    public override Layer? Read(LayerReader reader)
    {
        double scale = reader.Number(
            "scale", 1, static number => (float)number != 0 && Math.Abs((float)number) <= float.MaxValue, "within the range of a float and not 0");
        double offset = reader.Float("offset", 0);
        reader.OutputDespiteFaults = reader.Input;
        return reader.Failed || reader.Input is not { } input ? null : new RescaleLayer(reader.Name, input, (float)scale, (float)offset);
    }
}

/// <summary>The same multiply-add for all values: <c>x·scale + offset</c>.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Scale">The factor, not 0.</param>
/// <param name="Offset">What is added.</param>
internal sealed record RescaleLayer(string Name, Shape Input, float Scale, float Offset) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "Rescale";

    public override string Description => Function.Description;

    public override bool KeepsOrder => true;

    public override bool Scales => true;

    private Affine Function => new(Scale, Offset);

    public void Lower(GraphBuilder graph) => graph.Apply(Function);
}
