using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[AlphaDropout(rate)]</c>.</summary>
internal sealed class AlphaDropoutKind : DropoutKindBase
{
    public override string Name => "AlphaDropout";

    public override string Stem => "alphadropout";

    protected override DropoutLayerBase Create(string name, Shape input, double rate) => new AlphaDropoutLayer(name, input, rate);
}

/// <summary>Alpha dropout, in training only.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Rate">The share of the values that is dropped, in [0, 1).</param>
internal sealed record AlphaDropoutLayer(string Name, Shape Input, double Rate) : DropoutLayerBase(Name, Input, Rate)
{
    public override string Kind => "AlphaDropout";

    protected override MaskFunction Mask(int layer) => new AffineDropout(Rate, layer);
}

/// <summary>
/// Alpha dropout (Klambauer et al. 2017): a value becomes -α' with the probability <c>rate</c>, where α' is minus the limit of SELU for large negative inputs; then
/// all values are multiplied by <c>a</c> and shifted by <c>b</c>, which keeps the mean 0 and the variance 1.
/// </summary>
/// <param name="Rate">The rate.</param>
/// <param name="Layer">The position of the layer among the network's layers.</param>
internal sealed record AffineDropout(double Rate, int Layer) : MaskFunction(Rate, Layer)
{
    private const double Limit = 1.7580993408473766;

    public override string Description => Invariant($"alpha dropout {Rate}");

    // All values are shifted.
    public override bool DropsToZero => false;

    private double Slope => 1 / Math.Sqrt((1 - Rate) * (1 + (Rate * Limit * Limit)));

    public override string Forward(string x, FunctionPlace place)
    {
        double shift = Slope * Limit * Rate;
        return Invariant(
            $"AlphaDropoutMask.Apply({x}, key, {place.Unit}, {Threshold}, {KernelWriter.Float((float)Slope)}, {KernelWriter.Float((float)shift)}, {KernelWriter.Float((float)(shift - (Slope * Limit)))})");
    }

    public override string Gradient(string gradient, FunctionPlace place) =>
        Invariant($"DropoutMask.Apply({gradient}, key, {place.Unit}, {Threshold}, {KernelWriter.Float((float)Slope)})");
}
