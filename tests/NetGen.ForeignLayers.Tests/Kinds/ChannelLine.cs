using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.ForeignLayers;

/// <summary>A straight line for each channel, <c>y = x·slope + height</c>, as a function of single values. Both are frozen.</summary>
public sealed class ChannelLineAttribute : LayerAttribute;

/// <summary>Reads <c>[ChannelLine]</c>.</summary>
internal sealed class ChannelLineKind : LayerKind
{
    public override string Name => "ChannelLine";

    public override string Stem => "line";

    public override string AttributeAssembly => "NetGen.ForeignLayers.Tests";

    public override Layer? Read(LayerReader reader) => reader.Input is { } input ? new ChannelLineLayer(reader.Name, input) : null;
}

/// <summary>A line for each channel.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
internal sealed record ChannelLineLayer(string Name, Shape Input) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "ChannelLine";

    public override string Description => "";

    public override bool KeepsOrder => true;

    public override EquatableArray<ParameterModel> Parameters =>
    [
        new("slope", LayoutKind.Vector, [Input.Channels], InitializerKind.GlorotUniform, 1, 1) { Role = Generator.Model.ParameterRole.Frozen },
        new("height", LayoutKind.Vector, [Input.Channels], InitializerKind.GlorotUniform, 1, 1) { Role = Generator.Model.ParameterRole.Frozen },
    ];

    public void Lower(GraphBuilder graph) => graph.Apply(new ChannelLine(graph.Parameter("slope"), graph.Parameter("height")));
}

/// <summary>Reads two values a channel, of which the gradient needs one.</summary>
internal sealed record ChannelLine(string Slope, string Height) : PointwiseFunction
{
    public override string Description => "a line for each channel";

    public override DerivativeNeed Need => DerivativeNeed.Nothing;

    public override IReadOnlyList<ChannelValues> Channels =>
        [new("slope", new ParameterOf(Slope), InGradient: true), new("height", new ParameterOf(Height), InGradient: false)];

    public override string Forward(string x, FunctionPlace place) =>
        KernelWriter.MultiplyAdd(x, place.Channel!(this, "slope"), place.Channel!(this, "height"));

    public override string Gradient(string gradient, FunctionPlace place) => $"{gradient} * {place.Channel!(this, "slope")}";
}
