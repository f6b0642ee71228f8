using NetGen.Generator.Graph;
using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[SpatialDropout(rate)]</c>.</summary>
internal sealed class SpatialDropoutKind : DropoutKindBase
{
    public override string Name => "SpatialDropout";

    public override string Stem => "spatialdropout";

    protected override DropoutLayerBase Create(string name, Shape input, double rate) => new SpatialDropoutLayer(name, input, rate);
}

/// <summary>Inverted dropout of whole channels, in training only.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Rate">The share of the channels that is dropped, in [0, 1).</param>
internal sealed record SpatialDropoutLayer(string Name, Shape Input, double Rate) : DropoutLayerBase(Name, Input, Rate)
{
    public override string Kind => "SpatialDropout";

    protected override MaskFunction Mask(int layer) => new ChannelDropout(Rate, layer, Input.Channels);
}

/// <summary>
/// Spatial dropout (Tompson et al. 2015): a channel becomes 0 at all positions with the probability <c>rate</c>, and is divided by <c>1 - rate</c> otherwise.
/// </summary>
/// <param name="Rate">The rate.</param>
/// <param name="Layer">The position of the layer among the network's layers.</param>
/// <param name="Count">The number of channels.</param>
internal sealed record ChannelDropout(double Rate, int Layer, int Count) : MaskFunction(Rate, Layer)
{
    public override string Description => Invariant($"spatial dropout {Rate}");

    public override string Forward(string x, FunctionPlace place) =>
        Invariant($"SpatialDropoutMask.Apply({x}, key, {place.Unit}, {Threshold}, {Scale}, {Count})");

    public override string Gradient(string gradient, FunctionPlace place) => Forward(gradient, place);

    public override string Scaled(string gradient) => $"{gradient} * {Scale}";
}
