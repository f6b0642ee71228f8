using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Declaration;
using NetGen.Generator.Model;

namespace NetGen.Generator.Analysis.Advice;

/// <summary>A network without errors, with the places of its layers in the source.</summary>
internal sealed class DeclaredNetwork
{
    private readonly ImmutableArray<DeclaredLayer> _declared;
    private readonly HashSet<string> _joined;
    private readonly CancellationToken _cancellation;

    public DeclaredNetwork(INamedTypeSymbol symbol, NetworkModel model, CancellationToken cancellation)
    {
        Model = model;
        _cancellation = cancellation;
        _declared = DeclaredAttributes.Known(
            symbol,
            [.. symbol.GetAttributes().Where(static attribute => attribute.ApplicationSyntaxReference is not null && WellKnown.IsPartOfDeclaration(attribute))]).Layers;
        _joined = [.. model.Layers.Items.SelectMany(static layer => layer.Named.Items)];
    }

    public NetworkModel Model { get; }

    public ImmutableArray<Layer> Layers => Model.Layers.Items;

    /// <summary>Whether any layer is asked for by name.</summary>
    public bool HasBranches => _joined.Count != 0;

    /// <summary>Whether a later layer asks for this one by name, as with <c>Add</c>, <c>Concat</c> or <c>From</c>: then not only the next one reads its output.</summary>
    public bool IsJoined(int layer) => _joined.Contains(Layers[layer].Name);

    /// <summary>The place of a layer: its attribute.</summary>
    public Location At(int layer) => AttributeSites.Find(_declared[layer].Attribute, null, _cancellation);

    /// <summary>The place of an argument of a layer.</summary>
    public Location At(int layer, string argument) => AttributeSites.Find(_declared[layer].Attribute, argument, _cancellation);

    /// <summary>Whether the declaration gives an argument of a layer.</summary>
    public bool Gives(int layer, string argument) => _declared[layer].Arguments.ContainsKey(argument);

    /// <summary>
    /// The nearest layer after a given one, not counting those that are passed over; -1 if there is none, or if something else reads an output on
    /// the way.
    /// </summary>
    public int After(int layer, Func<Layer, bool> isPassedOver)
    {
        for (int i = layer + 1; i < Layers.Length && !IsJoined(i - 1); i++)
        {
            if (!isPassedOver(Layers[i])) return i;
        }

        return -1;
    }

    /// <summary>
    /// The nearest layer before a given one, not counting those that are passed over; -1 if there is none, or if something else reads an output on
    /// the way.
    /// </summary>
    public int Before(int layer, Func<Layer, bool> isPassedOver)
    {
        for (int i = layer - 1; i >= 0; i--)
        {
            if (IsJoined(i)) return -1;
            if (!isPassedOver(Layers[i])) return i;
        }

        return -1;
    }
}
