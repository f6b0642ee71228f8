using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[GaussianDropout(rate)]</c>.</summary>
internal sealed class GaussianDropoutKind : DropoutKindBase
{
    public override string Name => "GaussianDropout";

    public override string Stem => "gaussiandropout";

    protected override DropoutLayerBase Create(string name, Shape input, double rate) => new GaussianDropoutLayer(name, input, rate);
}

/// <summary>Multiplication by normally distributed factors, in training only.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Rate">The rate of the dropout with the same variance, in [0, 1).</param>
internal sealed record GaussianDropoutLayer(string Name, Shape Input, double Rate) : DropoutLayerBase(Name, Input, Rate)
{
    public override string Kind => "GaussianDropout";

    protected override MaskFunction Mask(int layer) => new NormalFactors(Rate, layer);
}

/// <summary>Gaussian dropout (Srivastava et al. 2014): a value is multiplied by a number from the normal distribution with mean 1 and variance <c>rate / (1 - rate)</c>.</summary>
/// <param name="Rate">The rate.</param>
/// <param name="Layer">The position of the layer among the network's layers.</param>
internal sealed record NormalFactors(double Rate, int Layer) : MaskFunction(Rate, Layer)
{
    public override string Description => Invariant($"Gaussian dropout {Rate}");

    // A factor may be negative.
    public override bool DropsToZero => false;

    public override string Forward(string x, FunctionPlace place) =>
        Invariant($"GaussianDropoutMask.Apply({x}, key, {place.Unit}, {KernelWriter.Float((float)Math.Sqrt(Rate / (1 - Rate)))})");

    public override string Gradient(string gradient, FunctionPlace place) => Forward(gradient, place);
}
