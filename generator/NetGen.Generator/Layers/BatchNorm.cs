using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[BatchNorm]</c>.</summary>
internal sealed class BatchNormKind : LayerKind
{
    public override string Name => "BatchNorm";

    public override string Stem => "batchnorm";

    public override Layer? Read(LayerReader reader)
    {
        double momentum = reader.Number("Momentum", BatchNormLayer.DefaultMomentum, static number => number is >= 0 and <= 1, "at least 0 and at most 1");
        double epsilon = reader.PositiveFloat("Epsilon", BatchNormLayer.DefaultEpsilon);
        reader.OutputDespiteFaults = reader.Input;
        return reader.Failed || reader.Input is not { } input ? null : new BatchNormLayer(
            reader.Name, input, reader.Unflattened, (float)momentum, (float)epsilon);
    }
}

/// <summary>Batch normalisation (Ioffe and Szegedy 2015): each channel is brought to mean 0 and variance 1, then <c>x·weight + bias</c>.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Unflattened">The shape that was flattened into the input, which orders the parameters in files; null if none.</param>
/// <param name="Momentum">The share of a batch in the running statistics.</param>
/// <param name="Epsilon">What is added to the variance.</param>
/// <remarks>If it is frozen, training uses the running statistics, too, and changes no parameter of the layer.</remarks>
internal sealed record BatchNormLayer(string Name, Shape Input, Shape? Unflattened, float Momentum, float Epsilon)
    : Layer(Name, Input, Input), ILowered
{
    /// <summary>The momentum of a layer for which none is given.</summary>
    public const float DefaultMomentum = 0.1f;

    /// <summary>The epsilon of a layer for which none is given.</summary>
    public const float DefaultEpsilon = 1e-5f;

    public override string Kind => "BatchNorm";

    public override string Description => string.Join(", ", new[]
    {
        Momentum == DefaultMomentum ? "" : "momentum " + Momentum.ToString("R", CultureInfo.InvariantCulture),
        Epsilon == DefaultEpsilon ? "" : "epsilon " + Epsilon.ToString("R", CultureInfo.InvariantCulture),
    }.Where(text => text.Length > 0));

    public override bool KeepsOrder => true;

    public override bool Scales => true;

    // At inference, a multiply-add for each value.
    public override long Flops => Sizes.Product(2, Input.Length);

    public override EquatableArray<ParameterModel> Parameters =>
    [
        OfChannels("weight", InitializerKind.Ones),
        OfChannels("bias", InitializerKind.Zeros),
        OfChannels("running_mean", InitializerKind.Zeros) with { Role = ParameterRole.Statistic },
        OfChannels("running_var", InitializerKind.Ones) with { Role = ParameterRole.Statistic },
    ];

    private int Channels => Input.Channels;

    public void Lower(GraphBuilder graph)
    {
        NormalizationParameters parameters = new(
            graph.Parameter("weight"), graph.Parameter("bias"), graph.Parameter("running_mean"), graph.Parameter("running_var"));
        if (graph.IsTraining && Trainable)
            graph.Add(new BatchNormOperation(graph.Layer, graph.Current, parameters, Momentum, Epsilon));
        else
            graph.Apply(new ChannelScale(Fold(graph.Layer, parameters)));
    }

    /// <summary>Computes scale and shift of each channel from its parameters and running statistics.</summary>
    private Preparation Fold(string layer, NormalizationParameters parameters) => new(
        ParameterNames.Pascal(layer),
        layer,
        [ChannelScale.Scale, ChannelScale.Shift],
        Channels,
        items: 1,
        (parameter, array, _) => new("BatchNormalization.Fold",
        [
            .. parameters.All.Select(parameter), KernelWriter.Float(Epsilon), Invariant($"{Channels}"), array(ChannelScale.Scale), array(ChannelScale.Shift),
        ]));

    private ParameterModel OfChannels(string name, InitializerKind initializer) => ParameterModel.OfChannels(name, Channels, Unflattened, initializer);
}

/// <summary>A multiply-add with values of the channel: <c>x·scale + shift</c>. The scale may be negative.</summary>
/// <param name="Values">Scale and shift.</param>
internal sealed record ChannelScale(Preparation Values) : PointwiseFunction
{
    public const string Scale = "Scale";

    public const string Shift = "Shift";

    public override string Description => "times scale plus shift of the channel";

    public override DerivativeNeed Need => DerivativeNeed.Nothing;

    public override IReadOnlyList<ChannelValues> Channels =>
        [new("scale", new PreparedOf(Values, Scale), InGradient: true), new("shift", new PreparedOf(Values, Shift), InGradient: false)];

    public override string Forward(string x, FunctionPlace place) =>
        KernelWriter.MultiplyAdd(x, place.Channel!(this, "scale"), place.Channel!(this, "shift"));

    public override string Gradient(string gradient, FunctionPlace place) => $"{gradient} * {place.Channel!(this, "scale")}";
}
