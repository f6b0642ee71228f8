using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[PReLU]</c>.</summary>
internal sealed class PReLUKind : LayerKind
{
    public override string Name => "PReLU";

    public override string Stem => "prelu";

    public override LayerRole Role => LayerRole.Rectifier;

    public override Layer? Read(LayerReader reader) => reader.Input is not { } input ? null
        : new PReLULayer(reader.Name, input, reader.Unflattened, reader.Flag("Shared", false));
}

/// <summary>The parametric rectifier (He et al. 2015): <c>x</c> where <c>x &gt; 0</c>, and <c>weight·x</c> elsewhere, with trained weights.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Unflattened">The shape that was flattened into the input, which orders the weights in files; null if none.</param>
/// <param name="Shared">Whether all channels have one weight.</param>
internal sealed record PReLULayer(string Name, Shape Input, Shape? Unflattened, bool Shared) : Layer(Name, Input, Input), ILowered
{
    /// <summary>The slope that training begins with, that of PyTorch.</summary>
    public const double InitialSlope = 0.25;

    public override string Kind => "PReLU";

    public override string Description => Shared ? "one slope" : "a slope for each channel";

    public override bool KeepsOrder => true;

    public override EquatableArray<ParameterModel> Parameters =>
    [
        ParameterModel.OfChannels("weight", Shared ? 1 : Input.Channels, Shared ? null : Unflattened, InitializerKind.Constant) with
        {
            InitializerValue = InitialSlope,
        },
    ];

    public void Lower(GraphBuilder graph)
    {
        string weight = graph.Parameter("weight");
        if (graph.IsTraining && Trainable)
            graph.Add(new ParametricRectifierOperation(graph.Layer, graph.Current, weight, Shared));
        else
            graph.Apply(new ParametricRectifier(Shared ? new PreparedOf(Spread(graph.Layer, weight), "Slopes") : new ParameterOf(weight)));
    }

    /// <summary>Copies the shared weight to every channel.</summary>
    private Preparation Spread(string layer, string weight) => new(
        ParameterNames.Pascal(layer), layer, ["Slopes"], Input.Channels, items: 1,
        (parameter, array, _) => new("ParametricRectifier.Spread", [parameter(weight), Invariant($"{Input.Channels}"), array("Slopes")]));
}
