using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Functions;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[ReLU]</c>.</summary>
internal sealed class ReLUKind : LayerKind
{
    public override string Name => "ReLU";

    public override string Stem => "relu";

    public override LayerRole Role => LayerRole.Rectifier;

    public override Layer? Read(LayerReader reader) => reader.Input is { } input ? new ReLULayer(reader.Name, input) : null;
}

/// <summary>The rectifier <c>max(x, 0)</c>.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
internal sealed record ReLULayer(string Name, Shape Input) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "ReLU";

    public override string Description => "";

    public override bool KeepsOrder => true;

    public void Lower(GraphBuilder graph) => graph.Apply(new Rectifier());
}
