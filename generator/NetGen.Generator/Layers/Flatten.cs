using NetGen.Generator.Graph;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[Flatten]</c>.</summary>
internal sealed class FlattenKind : LayerKind
{
    public override string Name => "Flatten";

    public override string Stem => "flatten";

    public override Layer? Read(LayerReader reader) => reader.Input is { } input ? new FlattenLayer(reader.Name, input) : null;
}

/// <summary>Features of any shape as flat features, in the order in which they are stored.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
internal sealed record FlattenLayer(string Name, Shape Input) : Layer(Name, Input, Shape.Flat(Input.Length)), ILowered
{
    public override string Kind => "Flatten";

    public override string Description => "";

    public override bool KeepsOrder => true;

    public override bool KeepsSign => true;

    public void Lower(GraphBuilder graph) => graph.Flatten();
}
