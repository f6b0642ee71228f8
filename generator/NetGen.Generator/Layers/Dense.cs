using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[Dense(units)]</c>.</summary>
internal sealed class DenseKind : LayerKind
{
    public override string Name => "Dense";

    public override string Stem => "dense";

    public override LayerRole Role => LayerRole.Weighted;

    public override Layer? Read(LayerReader reader)
    {
        int units = reader.Positive("units");
        Initialization weight = InitializerArguments.Weight(reader);
        Initialization bias = InitializerArguments.Bias(reader);
        if (reader.Failed)
            return null;
        reader.OutputDespiteFaults = Shape.Flat(units);
        if (!reader.RequireFlat(out Shape? input))
            return null;
        return new DenseLayer(reader.Name, input, units, reader.Unflattened, weight, bias);
    }
}

/// <summary>A fully connected layer: <c>y = x·W + b</c>.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Flat features.</param>
/// <param name="Units">The number of outputs.</param>
/// <param name="Unflattened">The shape that was flattened into the input, which decides the order of the weight in files; null if none.</param>
/// <param name="Weight">How the weight begins.</param>
/// <param name="Bias">How the bias begins.</param>
internal sealed record DenseLayer(string Name, Shape Input, int Units, Shape? Unflattened, Initialization Weight, Initialization Bias)
    : Layer(Name, Input, Shape.Flat(Units)), ILowered
{
    public override string Kind => "Dense";

    public override string Description => Invariant($"{Units} units") + Weight.Setting("weight") + Bias.Setting("bias");

    public override long Flops => Sizes.Product(2, Input.Length, Units);

    public override EquatableArray<ParameterModel> Parameters =>
    [
        Unflattened is { IsReorderedByFlatten: true }
            ? new("weight", LayoutKind.DenseAfterFlatten, [Rows, Columns, Unflattened!.Channels, Units], Weight, Input.Length, Units)
            : new("weight", LayoutKind.Dense, [Input.Length, Units], Weight, Input.Length, Units),
        new("bias", LayoutKind.Vector, [Units], Bias, Input.Length, Units),
    ];

    private int Rows => Unflattened!.Dimensions[0];

    private int Columns => Unflattened!.IsImage ? Unflattened.Width : 1;

    public void Lower(GraphBuilder graph) =>
        graph.Add(new DenseOperation(graph.Layer, graph.Current, Units, graph.Parameter("weight"), graph.Parameter("bias")));
}
