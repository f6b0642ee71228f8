using System.Collections.Immutable;

namespace NetGen;

/// <summary>One weight, bias or statistic of a network.</summary>
/// <param name="Name">Its name in weight files, for example <c>conv1.weight</c>.</param>
/// <param name="Offset">Where it begins in the network's parameters, in floats.</param>
/// <param name="Layout">How it is stored, and its shape.</param>
/// <param name="Initializer">How its first values are drawn.</param>
/// <param name="FanIn">How many inputs one output of the layer sums over.</param>
/// <param name="FanOut">How many outputs one input of the layer reaches.</param>
public sealed record ParameterInfo(
    string Name, int Offset, WeightLayout Layout, Initializer Initializer, int FanIn, int FanOut)
{
    /// <summary>One weight or bias of a layer whose kind is known.</summary>
    /// <param name="name">Its name in weight files, for example <c>conv1.weight</c>.</param>
    /// <param name="layerKind">The kind of its layer, for example <c>Conv2D</c>.</param>
    /// <param name="offset">Where it begins in the network's parameters, in floats.</param>
    /// <param name="layout">How it is stored, and its shape.</param>
    /// <param name="initializer">How its first values are drawn.</param>
    /// <param name="fanIn">How many inputs one output of the layer sums over.</param>
    /// <param name="fanOut">How many outputs one input of the layer reaches.</param>
    public ParameterInfo(
        string name, string layerKind, int offset, WeightLayout layout, Initializer initializer, int fanIn, int fanOut)
        : this(name, offset, layout, initializer, fanIn, fanOut) => LayerKind = layerKind;

    /// <summary>
    /// The kind of its layer, for example <c>Conv2D</c>; null if it was not given. If it is given for every parameter of a
    /// network, weight files carry the list of the network's layers.
    /// </summary>
    public string? LayerKind { get; init; }

    /// <summary>
    /// The number that <see cref="Initializer"/> needs: the value of <see cref="Initializer.Constant"/>, the limit of <see cref="Initializer.Uniform"/>,
    /// the standard deviation of <see cref="Initializer.Normal"/>, the scale of <see cref="Initializer.Orthogonal"/>. The others do not read it.
    /// </summary>
    public double InitializerValue { get; init; }

    /// <summary>What changes it; <see cref="ParameterRole.Trained"/> unless set.</summary>
    public ParameterRole Role { get; init; }

    /// <summary>The name of its layer, for example <c>conv1</c>: <see cref="Name"/> up to its last dot.</summary>
    public string LayerName => Name.LastIndexOf('.') is var dot and >= 0 ? Name[..dot] : Name;

    /// <summary>
    /// Whether it is what Keras calls a kernel: the weights of a Dense or a convolution, which have a dimension of outputs and others of inputs. Biases
    /// and what a BatchNorm scales by are vectors.
    /// </summary>
    internal bool IsKernel => Shape.Length > 1;

    /// <summary>The dimensions of the tensor in PyTorch.</summary>
    public ImmutableArray<int> Shape => Layout.Shape;

    /// <summary>Number of floats.</summary>
    public int Length => Layout.Length;
}
