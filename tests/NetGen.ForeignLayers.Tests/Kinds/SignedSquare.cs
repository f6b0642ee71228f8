using NetGen.Generator.Graph;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.ForeignLayers;

/// <summary>The square with the sign of its input, on any shape: <c>x·|x|</c>.</summary>
public sealed class SignedSquareAttribute : LayerAttribute;

/// <summary>Reads <c>[SignedSquare]</c>.</summary>
internal sealed class SignedSquareKind : LayerKind
{
    public override string Name => "SignedSquare";

    public override string Stem => "square";

    public override string AttributeAssembly => "NetGen.ForeignLayers.Tests";

    public override Layer? Read(LayerReader reader) => reader.Input is { } input ? new SignedSquareLayer(reader.Name, input) : null;
}

/// <summary>The square with the sign of its input.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
internal sealed record SignedSquareLayer(string Name, Shape Input) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "SignedSquare";

    public override string Description => "";

    public override bool KeepsOrder => true;

    public void Lower(GraphBuilder graph) => graph.Apply(new SignedSquare());
}

/// <summary>
/// <c>x·|x|</c>, whose derivative is <c>2·|x|</c>. It is 0 where the output is; but where a dropout behind it made the output 0, it is not.
/// </summary>
internal sealed record SignedSquare : PointwiseFunction
{
    public override string Description => "signed square";

    public override DerivativeNeed Need => DerivativeNeed.Input;

    public override bool IsNonDecreasing => true;

    public override bool HasZeroDerivativeAtZero => true;

    public override string Forward(string x, FunctionPlace place) => $"({x} * Simd.Max({x}, -{x}))";

    public override string Gradient(string gradient, FunctionPlace place) =>
        $"{gradient} * Simd.Max({place.Input} + {place.Input}, -({place.Input} + {place.Input}))";
}
