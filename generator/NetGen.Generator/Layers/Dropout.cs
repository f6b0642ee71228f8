using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Functions;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[Dropout(rate)]</c>.</summary>
internal sealed class DropoutKind : LayerKind
{
    public override string Name => "Dropout";

    public override string Stem => "dropout";

    public override Layer? Read(LayerReader reader)
    {
        double rate = reader.Share("rate");
        reader.OutputDespiteFaults = reader.Input;
        return reader.Failed || reader.Input is not { } input ? null : new DropoutLayer(reader.Name, input, rate);
    }
}

/// <summary>Inverted dropout, in training only.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Rate">The share of the values that is dropped, in [0, 1).</param>
internal sealed record DropoutLayer(string Name, Shape Input, double Rate) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "Dropout";

    public override string Description => "rate " + Rate.ToString("R", CultureInfo.InvariantCulture);

    public override bool KeepsOrder => true;

    public void Lower(GraphBuilder graph)
    {
        if (graph.IsTraining && Rate > 0)
            graph.Apply(new InvertedDropout(Rate, graph.LayerIndex));
    }
}
