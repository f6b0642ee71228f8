using NetGen.Generator.Graph;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[Add("name", …)]</c>.</summary>
internal sealed class AddKind : LayerKind
{
    public override string Name => "Add";

    public override string Stem => "add";

    public override Layer? Read(LayerReader reader)
    {
        reader.OutputDespiteFaults = reader.Input;
        EquatableArray<string> names = reader.EarlierLayers("layers");
        foreach (string name in names.Items.Distinct())
        {
            if (reader.Input is { } current && reader.OutputOf(name) is { } other && other != current)
                reader.Fail(LayerFault.ShapesDiffer, LayerReader.Element("layers", names.Items, name), $"adds '{name}' {other} to {current}; layers are added value by value, so their shapes must be equal");
            else if (reader.OutputOf(name) is not null && !reader.HasOrderOf(name))
                reader.Fail(LayerFault.ShapesDiffer, LayerReader.Element("layers", names.Items, name), $"adds '{name}', the flattened values of an image, to features that are not; flatten or pool the image to features first, and add a Dense layer after that");
        }

        return reader.Failed || reader.Input is not { } input || names.Count == 0 || names.Items.Any(name => reader.OutputOf(name) is null)
            ? null
            : new AddLayer(reader.Name, input, names);
    }
}

/// <summary>The sum of the output of the layer before and those of earlier layers: <c>y = x + a + b + …</c>.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Layers">The names of the earlier layers, all with outputs of that shape.</param>
internal sealed record AddLayer(string Name, Shape Input, EquatableArray<string> Layers) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "Add";

    public override string Description => string.Join(", ", Layers.Items);

    public override bool KeepsOrder => true;

    public void Lower(GraphBuilder graph)
    {
        foreach (string layer in Layers)
            graph.Apply(new Addition(graph.OutputOf(layer)));
    }
}

/// <summary>The sum with a second tensor of the same shape: <c>x + other</c>. The gradient of both is that of the sum.</summary>
/// <param name="Other">The second tensor.</param>
internal sealed record Addition(View Other) : PointwiseFunction
{
    public override string Description => $"plus {Other.Tensor.Name}";

    public override DerivativeNeed Need => DerivativeNeed.Nothing;

    public override bool IsNonDecreasing => true;

    public override View? Operand => Other;

    public override bool KeepsOperand => false;

    public override string Forward(string x, FunctionPlace place) => $"({x} + {place.Operand!(this)})";

    public override string Gradient(string gradient, FunctionPlace place) => gradient;

    public override string OperandGradient(string gradient, FunctionPlace place) => gradient;
}
