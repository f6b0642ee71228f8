using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[ELU]</c>.</summary>
internal sealed class ELUKind : LayerKind
{
    public override string Name => "ELU";

    public override string Stem => "elu";

    public override LayerRole Role => LayerRole.Rectifier;

    public override Layer? Read(LayerReader reader)
    {
        double alpha = reader.PositiveFloat("alpha", 1);
        reader.OutputDespiteFaults = reader.Input;
        return reader.Failed || reader.Input is not { } input ? null : new ELULayer(reader.Name, input, (float)alpha);
    }
}

/// <summary>The exponential linear unit: <c>x</c> where <c>x &gt; 0</c>, and <c>alpha·(eˣ − 1)</c> elsewhere.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Alpha">Minus the limit for negative values, positive.</param>
internal sealed record ELULayer(string Name, Shape Input, float Alpha) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "ELU";

    public override string Description => "alpha " + Alpha.ToString("R", CultureInfo.InvariantCulture);

    public override bool KeepsOrder => true;

    public void Lower(GraphBuilder graph) => graph.Apply(new ExponentialUnit(1, Alpha));
}

/// <summary>
/// <c>scale·x</c> where x is positive, and <c>alpha·(eˣ − 1)</c> elsewhere. There the derivative is <c>alpha·eˣ</c>, with the output y <c>y + alpha</c>.
/// </summary>
/// <param name="Scale">The slope for positive values.</param>
/// <param name="Alpha">Minus the limit for negative values.</param>
internal sealed record ExponentialUnit(float Scale, float Alpha) : PointwiseFunction
{
    public override string Description => Scale == 1 ? "ELU " + Alpha.ToString("R", CultureInfo.InvariantCulture) : "SELU";

    public override DerivativeNeed Need => DerivativeNeed.Output;

    public override bool IsNonDecreasing => true;

    public override bool IsLong => true;

    private string Numbers => $"{KernelWriter.Float(Scale)}, {KernelWriter.Float(Alpha)}";

    public override string Forward(string x, FunctionPlace place) => $"Simd.Elu({x}, {Numbers})";

    public override string Gradient(string gradient, FunctionPlace place) => $"{gradient} * Simd.EluDerivative({place.Output}, {Numbers})";
}
