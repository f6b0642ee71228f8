using System.Collections.Immutable;

namespace NetGen;

/// <summary>One weight or bias of a network.</summary>
/// <param name="Name">Its name in weight files, for example <c>conv1.weight</c>.</param>
/// <param name="Offset">Where it begins in the network's parameters, in floats.</param>
/// <param name="Layout">How it is stored, and its shape.</param>
/// <param name="Initializer">How its first values are drawn.</param>
/// <param name="FanIn">How many inputs one output of the layer sums over.</param>
/// <param name="FanOut">How many outputs one input of the layer reaches.</param>
public sealed record ParameterInfo(
    string Name, int Offset, WeightLayout Layout, Initializer Initializer, int FanIn, int FanOut)
{
    /// <summary>The dimensions of the tensor in PyTorch.</summary>
    public ImmutableArray<int> Shape => Layout.Shape;

    /// <summary>Number of floats.</summary>
    public int Length => Layout.Length;
}
