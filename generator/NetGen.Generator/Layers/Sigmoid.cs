using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Losses;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[Sigmoid]</c>.</summary>
internal sealed class SigmoidKind : LayerKind
{
    public override string Name => "Sigmoid";

    public override string Stem => "sigmoid";

    public override LayerRole Role => LayerRole.Activation;

    public override LossKind? Loss => LossKind.BinaryCrossEntropy;

    public override Layer? Read(LayerReader reader) => reader.Input is { } input ? new SigmoidLayer(reader.Name, input) : null;
}

/// <summary>The logistic sigmoid.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
internal sealed record SigmoidLayer(string Name, Shape Input) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "Sigmoid";

    public override string Description => "";

    public override bool KeepsOrder => true;

    // As the last layer it is computed together with the binary cross-entropy, unless another loss was declared.
    public void Lower(GraphBuilder graph)
    {
        if (graph.IsAtEnd && graph.Loss == LossKind.BinaryCrossEntropy)
            graph.End(new SigmoidBinaryCrossEntropy(Output.Length));
        else
            graph.Apply(new LogisticSigmoid());
    }
}

/// <summary>1 / (1 + e⁻ˣ). With the output y the derivative is y·(1 − y).</summary>
internal sealed record LogisticSigmoid : PointwiseFunction
{
    public override string Description => "sigmoid";

    public override DerivativeNeed Need => DerivativeNeed.Output;

    public override bool IsNonDecreasing => true;

    public override bool IsLong => true;

    public override string Forward(string x, FunctionPlace place) => $"Simd.Sigmoid({x})";

    public override string Gradient(string gradient, FunctionPlace place) => $"{gradient} * {place.Output} * (Simd.Splat(1f) - {place.Output})";
}
