using NetGen.Generator.Graph;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.ForeignLayers;

/// <summary>A layer of which the generator knows no more than that it is one.</summary>
public sealed class HollowAttribute : LayerAttribute;

/// <summary>Reads <c>[Hollow]</c>.</summary>
internal sealed class HollowKind : LayerKind
{
    public override string Name => "Hollow";

    public override string Stem => "hollow";

    public override string AttributeAssembly => "NetGen.ForeignLayers.Tests";

    public override Layer? Read(LayerReader reader) => reader.Input is { } input ? new HollowLayer(reader.Name, input) : null;
}

/// <summary>A layer that becomes an operation without members.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
internal sealed record HollowLayer(string Name, Shape Input) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "Hollow";

    public override string Description => "";

    public void Lower(GraphBuilder graph) => graph.Add(new HollowOperation(graph.Layer, graph.Current));
}

/// <summary>An operation that implements nothing.</summary>
internal sealed class HollowOperation(string layer, View input) : Operation(layer, [input], input.Shape);
