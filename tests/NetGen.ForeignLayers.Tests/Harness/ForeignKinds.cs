using System.Runtime.CompilerServices;
using NetGen.Generator.Layers;

namespace NetGen.ForeignLayers.Harness;

/// <summary>Registers the kinds of this assembly through the door by which the product finds its own.</summary>
internal static class ForeignKinds
{
    [ModuleInitializer]
    internal static void Add() => LayerKind.AddAll(typeof(ForeignKinds).Assembly);
}
