using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Reads a dropout: its rate.</summary>
internal abstract class DropoutKindBase : LayerKind
{
    public sealed override Layer? Read(LayerReader reader)
    {
        double rate = reader.Share("rate");
        reader.OutputDespiteFaults = reader.Input;
        return reader.Failed || reader.Input is not { } input ? null : Create(reader.Name, input, rate);
    }

    /// <summary>The layer.</summary>
    protected abstract DropoutLayerBase Create(string name, Shape input, double rate);
}

/// <summary>A layer that changes values at random in training, and has no code at inference.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Rate">The rate, in [0, 1); with 0 the layer does nothing.</param>
internal abstract record DropoutLayerBase(string Name, Shape Input, double Rate) : Layer(Name, Input, Input), ILowered
{
    public sealed override string Description => "rate " + Rate.ToString("R", CultureInfo.InvariantCulture);

    public sealed override bool KeepsOrder => true;

    public sealed override bool KeepsSign => Mask(layer: 0).DropsToZero;

    public void Lower(GraphBuilder graph)
    {
        if (graph.IsTraining && Rate > 0)
            graph.Apply(Mask(graph.LayerIndex));
    }

    /// <summary>What is done to the values in training.</summary>
    /// <param name="layer">The position of the layer among the network's layers.</param>
    protected abstract MaskFunction Mask(int layer);
}
