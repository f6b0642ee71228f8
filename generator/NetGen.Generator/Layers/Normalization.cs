using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[Normalization]</c>.</summary>
internal sealed class NormalizationKind : LayerKind
{
    public override string Name => "Normalization";

    public override string Stem => "normalization";

    public override Layer? Read(LayerReader reader) => reader.Input is not { } input ? null
        : new NormalizationLayer(reader.Name, input, reader.Unflattened);
}

/// <summary>Brings each channel to mean 0 and variance 1, by statistics that are taken from data before training.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Unflattened">The shape that was flattened into the input, which orders the statistics in files; null if none.</param>
internal sealed record NormalizationLayer(string Name, Shape Input, Shape? Unflattened) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "Normalization";

    public override string Description => "";

    public override bool KeepsOrder => true;

    public override bool Scales => true;

    public override long Flops => Sizes.Product(2, Input.Length);

    public override EquatableArray<ParameterModel> Parameters => [OfChannels("mean", InitializerKind.Zeros), OfChannels("variance", InitializerKind.Ones)];

    public void Lower(GraphBuilder graph)
    {
        string mean = graph.Parameter("mean");
        string variance = graph.Parameter("variance");
        Preparation scales = new(
            ParameterNames.Pascal(graph.Layer), graph.Layer, ["Scale"], Input.Channels, items: 1,
            (parameter, array, _) => new("ChannelStatistics.Scale", [parameter(variance), Invariant($"{Input.Channels}"), array("Scale")]));
        graph.Apply(new ChannelStandardization(new ParameterOf(mean), new PreparedOf(scales, "Scale")));
    }

    private ParameterModel OfChannels(string name, InitializerKind initializer) =>
        ParameterModel.OfChannels(name, Input.Channels, Unflattened, initializer) with { Role = ParameterRole.Statistic };
}

/// <summary>
/// <c>(x - mean)·scale</c> with values of the channel. The mean is subtracted first: where it is much larger than the deviation, <c>x·scale + shift</c>
/// would lose the digits that matter.
/// </summary>
/// <param name="Mean">The means.</param>
/// <param name="Scale">The inverse standard deviations, which are positive.</param>
internal sealed record ChannelStandardization(Operand Mean, Operand Scale) : PointwiseFunction
{
    public override string Description => "minus the mean, times the inverse deviation of the channel";

    public override DerivativeNeed Need => DerivativeNeed.Nothing;

    public override bool IsNonDecreasing => true;

    public override IReadOnlyList<ChannelValues> Channels => [new("mean", Mean, InGradient: false), new("scale", Scale, InGradient: true)];

    public override string Forward(string x, FunctionPlace place) => $"(({x} - {place.Channel!(this, "mean")}) * {place.Channel!(this, "scale")})";

    public override string Gradient(string gradient, FunctionPlace place) => $"{gradient} * {place.Channel!(this, "scale")}";
}
