using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[LeakyReLU(slope)]</c>.</summary>
internal sealed class LeakyReLUKind : LayerKind
{
    public override string Name => "LeakyReLU";

    public override string Stem => "leakyrelu";

    public override LayerRole Role => LayerRole.Rectifier;

    public override Layer? Read(LayerReader reader)
    {
        double slope = reader.Share("slope");
        reader.OutputDespiteFaults = reader.Input;
        return reader.Failed || reader.Input is not { } input ? null : new LeakyReLULayer(reader.Name, input, slope);
    }
}

/// <summary>The leaky rectifier: <c>x</c> where <c>x &gt; 0</c>, and <c>slope·x</c> elsewhere.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Slope">The slope for negative values, in [0, 1).</param>
internal sealed record LeakyReLULayer(string Name, Shape Input, double Slope) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "LeakyReLU";

    public override string Description => "slope " + Slope.ToString("R", CultureInfo.InvariantCulture);

    public override bool KeepsOrder => true;

    // A slope of 0 makes a ReLU. The larger of ∞ and 0·∞ would not be a number.
    public void Lower(GraphBuilder graph) => graph.Apply((float)Slope == 0 ? new Rectifier() : new LeakyRectifier((float)Slope));
}

/// <summary>
/// The larger of <c>x</c> and <c>slope·x</c>. The output is positive where the input is, so the derivative, 1 there and the slope elsewhere,
/// can be read from it.
/// </summary>
/// <param name="Slope">In (0, 1).</param>
internal sealed record LeakyRectifier(float Slope) : PointwiseFunction
{
    public override string Description => "LeakyReLU " + Slope.ToString("R", CultureInfo.InvariantCulture);

    public override DerivativeNeed Need => DerivativeNeed.Output;

    public override bool IsNonDecreasing => true;

    public override bool CommutesWithPositiveFactor => true;

    public override bool InputServesAsOutput => true;

    private string Factor => $"Simd.Splat({KernelWriter.Float(Slope)})";

    public override string Forward(string x, FunctionPlace place) => $"Simd.Max({x}, {x} * {Factor})";

    public override string Gradient(string gradient, FunctionPlace place) =>
        $"Simd.Select(Simd.GreaterOrNaN({place.Output}, Simd.Zero), {gradient}, {gradient} * {Factor})";
}
