using NetGen.Generator.Graph;
using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[Dropout(rate)]</c>.</summary>
internal sealed class DropoutKind : DropoutKindBase
{
    public override string Name => "Dropout";

    public override string Stem => "dropout";

    protected override DropoutLayerBase Create(string name, Shape input, double rate) => new DropoutLayer(name, input, rate);
}

/// <summary>Inverted dropout, in training only.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Rate">The share of the values that is dropped, in [0, 1).</param>
internal sealed record DropoutLayer(string Name, Shape Input, double Rate) : DropoutLayerBase(Name, Input, Rate)
{
    public override string Kind => "Dropout";

    protected override MaskFunction Mask(int layer) => new InvertedDropout(Rate, layer);
}

/// <summary>Inverted dropout (Srivastava et al. 2014): a value becomes 0 with the probability <c>rate</c>, and is divided by <c>1 - rate</c> otherwise.</summary>
/// <param name="Rate">The rate.</param>
/// <param name="Layer">The position of the layer among the network's layers.</param>
internal sealed record InvertedDropout(double Rate, int Layer) : MaskFunction(Rate, Layer)
{
    public override string Description => Invariant($"dropout {Rate}");

    public override string Forward(string x, FunctionPlace place) => Invariant($"DropoutMask.Apply({x}, key, {place.Unit}, {Threshold}, {Scale})");

    public override string Gradient(string gradient, FunctionPlace place) => Forward(gradient, place);

    public override string Scaled(string gradient) => $"{gradient} * {Scale}";
}
