using NetGen.Generator.Graph;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[Activation&lt;T&gt;]</c>.</summary>
internal sealed class ActivationKind : LayerKind
{
    public override string Name => "Activation";

    public override string Stem => "activation";

    public override LayerRole Role => LayerRole.Activation;

    public override Layer? Read(LayerReader reader)
    {
        reader.OutputDespiteFaults = reader.Input;
        return reader.Activation("TActivation") is not { } type || reader.Input is not { } input ? null : new ActivationLayer(reader.Name, input, type);
    }
}

/// <summary>An activation of the user's own.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Type">The struct with the function and its derivative.</param>
internal sealed record ActivationLayer(string Name, Shape Input, TypeArgument Type) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "Activation";

    public override string Description => Type.Name;

    public override bool KeepsOrder => true;

    public void Lower(GraphBuilder graph) => graph.Apply(new OwnActivation(Type));
}

/// <summary>A function of the user's own, with its derivative from the input. The JIT inlines both.</summary>
/// <param name="Type">The struct that has them.</param>
internal sealed record OwnActivation(TypeArgument Type) : PointwiseFunction
{
    public override string Description => Type.Name;

    public override DerivativeNeed Need => DerivativeNeed.Input;

    public override bool IsLong => true;

    public override string Forward(string x, FunctionPlace place) => $"Simd.Activation<{Type.FullName}>({x})";

    public override string Gradient(string gradient, FunctionPlace place) => $"{gradient} * Simd.ActivationDerivative<{Type.FullName}>({place.Input})";
}
