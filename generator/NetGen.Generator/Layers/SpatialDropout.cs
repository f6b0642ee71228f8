using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Model;
using static System.FormattableString;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[SpatialDropout(rate)]</c>.</summary>
internal sealed class SpatialDropoutKind : LayerKind
{
    public override string Name => "SpatialDropout";

    public override string Stem => "spatialdropout";

    public override Layer? Read(LayerReader reader)
    {
        double rate = reader.Share("rate");
        reader.OutputDespiteFaults = reader.Input;
        return reader.Failed || reader.Input is not { } input ? null : new SpatialDropoutLayer(reader.Name, input, rate);
    }
}

/// <summary>Inverted dropout of whole channels, in training only.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Rate">The share of the channels that is dropped, in [0, 1).</param>
internal sealed record SpatialDropoutLayer(string Name, Shape Input, double Rate) : Layer(Name, Input, Input), IDropoutLayer, ILowered
{
    public override string Kind => "SpatialDropout";

    public override string Description => "rate " + Rate.ToString("R", CultureInfo.InvariantCulture);

    public override bool KeepsOrder => true;

    public void Lower(GraphBuilder graph)
    {
        if (graph.IsTraining && Rate > 0)
            graph.Apply(new ChannelDropout(Rate, graph.LayerIndex, Input.Channels));
    }
}

/// <summary>
/// Spatial dropout (Tompson et al. 2015): a channel becomes 0 at all positions with the probability <c>rate</c>, and is divided by <c>1 - rate</c> otherwise.
/// </summary>
/// <param name="Rate">The rate.</param>
/// <param name="Layer">The position of the layer among the network's layers.</param>
/// <param name="Count">The number of channels.</param>
internal sealed record ChannelDropout(double Rate, int Layer, int Count) : MaskFunction
{
    public override string Description => Invariant($"spatial dropout {Rate}");

    public override int Layer { get; } = Layer;

    public override string Forward(string x, FunctionPlace place) =>
        Invariant($"SpatialDropoutMask.Apply({x}, key, {place.Unit}, {MaskConstants.Threshold(Rate)}, {MaskConstants.Scale(Rate)}, {Count})");

    public override string Gradient(string gradient, FunctionPlace place) => Forward(gradient, place);

    public override string Scaled(string gradient) => $"{gradient} * {MaskConstants.Scale(Rate)}";
}
