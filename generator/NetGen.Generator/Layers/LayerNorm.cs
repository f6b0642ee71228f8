using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[LayerNorm]</c>.</summary>
internal sealed class LayerNormKind : LayerKind
{
    public override string Name => "LayerNorm";

    public override string Stem => "layernorm";

    public override Layer? Read(LayerReader reader)
    {
        double epsilon = reader.PositiveFloat("Epsilon", LayerNormLayer.DefaultEpsilon);
        reader.OutputDespiteFaults = reader.Input;
        if (reader.Input is { Channels: 1 } single)
            reader.Inform(LayerFault.NormOfOne, null, $"normalises over the channels of each position, and its input {single} has one, which is its own mean: every output is the bias, whatever the input; put it where there are more channels, or use BatchNorm");
        return reader.Failed || reader.Input is not { } input ? null : new LayerNormLayer(
            reader.Name, input, reader.Unflattened, (float)epsilon);
    }
}

/// <summary>Layer normalisation (Ba et al. 2016): the channels of each position are brought to mean 0 and variance 1, then <c>x·weight + bias</c>.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Unflattened">The shape that was flattened into the input, which orders the parameters in files; null if none.</param>
/// <param name="Epsilon">What is added to the variance.</param>
internal sealed record LayerNormLayer(string Name, Shape Input, Shape? Unflattened, float Epsilon) : Layer(Name, Input, Input), ILowered
{
    /// <summary>The epsilon of a layer for which none is given.</summary>
    public const float DefaultEpsilon = 1e-5f;

    public override string Kind => "LayerNorm";

    public override string Description => Epsilon == DefaultEpsilon ? "" : "epsilon " + Epsilon.ToString("R", CultureInfo.InvariantCulture);

    public override bool KeepsOrder => true;

    public override bool Scales => true;

    // For each value an addition to the mean, a deviation with its square added up, and a deviation, a factor and a multiply-add.
    public override long Flops => Sizes.Product(8, Input.Length);

    public override EquatableArray<ParameterModel> Parameters =>
    [
        OfChannels("weight", InitializerKind.Ones),
        OfChannels("bias", InitializerKind.Zeros),
    ];

    public void Lower(GraphBuilder graph) =>
        graph.Add(new LayerNormOperation(graph.Layer, graph.Current, graph.Parameter("weight"), graph.Parameter("bias"), Epsilon));

    private ParameterModel OfChannels(string name, InitializerKind initializer) => ParameterModel.OfChannels(name, Input.Channels, Unflattened, initializer);
}
