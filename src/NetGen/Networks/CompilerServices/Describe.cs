using System.ComponentModel;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Makes the descriptions of a network for generated code. When a description gets more content, a method is added here, and networks that
/// were compiled before still call the old method.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Describe
{
    /// <summary>Describes a weight or bias that is trained.</summary>
    /// <param name="name">Its name in weight files.</param>
    /// <param name="layerKind">The kind of its layer.</param>
    /// <param name="offset">Where it begins among all parameters, in floats.</param>
    /// <param name="layout">How it is stored, and its shape.</param>
    /// <param name="initializer">How its first values are drawn.</param>
    /// <param name="fanIn">How many inputs one output of the layer sums over.</param>
    /// <param name="fanOut">How many outputs one input of the layer reaches.</param>
    public static ParameterInfo Parameter(
        string name, string layerKind, int offset, WeightLayout layout, Initializer initializer, int fanIn, int fanOut) =>
        Parameter(name, layerKind, offset, layout, initializer, fanIn, fanOut, ParameterRole.Trained);

    /// <summary>Describes a parameter of any role.</summary>
    /// <param name="name">Its name in weight files.</param>
    /// <param name="layerKind">The kind of its layer.</param>
    /// <param name="offset">Where it begins among all parameters, in floats.</param>
    /// <param name="layout">How it is stored, and its shape.</param>
    /// <param name="initializer">How its first values are drawn.</param>
    /// <param name="fanIn">How many inputs one output of the layer sums over.</param>
    /// <param name="fanOut">How many outputs one input of the layer reaches.</param>
    /// <param name="role">What changes it.</param>
    public static ParameterInfo Parameter(
        string name, string layerKind, int offset, WeightLayout layout, Initializer initializer, int fanIn, int fanOut, ParameterRole role) =>
        Parameter(name, layerKind, offset, layout, initializer, fanIn, fanOut, role, initializerValue: 0);

    /// <summary>Describes a parameter whose initialiser needs a number.</summary>
    /// <param name="name">Its name in weight files.</param>
    /// <param name="layerKind">The kind of its layer.</param>
    /// <param name="offset">Where it begins among all parameters, in floats.</param>
    /// <param name="layout">How it is stored, and its shape.</param>
    /// <param name="initializer">How its first values are drawn.</param>
    /// <param name="fanIn">How many inputs one output of the layer sums over.</param>
    /// <param name="fanOut">How many outputs one input of the layer reaches.</param>
    /// <param name="role">What changes it.</param>
    /// <param name="initializerValue">The value, limit, standard deviation or scale, as <see cref="ParameterInfo.InitializerValue"/> says.</param>
    public static ParameterInfo Parameter(
        string name, string layerKind, int offset, WeightLayout layout, Initializer initializer, int fanIn, int fanOut, ParameterRole role, double initializerValue) =>
        new(name, layerKind, offset, layout, initializer, fanIn, fanOut) { Role = role, InitializerValue = initializerValue };

    /// <summary>Describes all parameters.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="count">The floats of all parameters.</param>
    /// <param name="parameters">Every weight, bias and statistic, in the order of the layers.</param>
    public static ParameterTable Parameters(string network, int count, params ParameterInfo[] parameters) => new(network, count, parameters);

    /// <summary>Describes a layer whose parameters are all trained.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="description">Its settings in words.</param>
    /// <param name="outputShape">The shape of one sample that it gives.</param>
    /// <param name="parameters">The number of its weights and biases.</param>
    /// <param name="flops">Operations for one sample at inference.</param>
    /// <param name="lowering">How its code is written.</param>
    public static LayerSummary Layer(
        string name, string kind, string description, int[] outputShape, int parameters, long flops, string lowering) =>
        Layer(name, kind, description, outputShape, parameters, flops, lowering, nonTrainableParameters: 0);

    /// <summary>Describes a layer that has frozen parameters or statistics.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="description">Its settings in words.</param>
    /// <param name="outputShape">The shape of one sample that it gives.</param>
    /// <param name="parameters">The number of its parameters of all roles.</param>
    /// <param name="flops">Operations for one sample at inference.</param>
    /// <param name="lowering">How its code is written.</param>
    /// <param name="nonTrainableParameters">How many of its parameters are frozen or statistics.</param>
    public static LayerSummary Layer(
        string name, string kind, string description, int[] outputShape, int parameters, long flops, string lowering, int nonTrainableParameters) =>
        new(name, kind, description, ImmutableCollectionsMarshal.AsImmutableArray(outputShape), parameters, flops, lowering)
        {
            NonTrainableParameters = nonTrainableParameters,
        };

    /// <summary>Describes a network.</summary>
    /// <param name="name">The name of its class.</param>
    /// <param name="inputShape">The shape of one input sample.</param>
    /// <param name="layers">The layers, in order.</param>
    /// <param name="activationBytes">Bytes of the buffers between the layers, for one sample at inference.</param>
    /// <param name="loss">What training minimises.</param>
    public static NetworkSummary Network(string name, int[] inputShape, LayerSummary[] layers, long activationBytes, Loss loss) => new(
        name,
        ImmutableCollectionsMarshal.AsImmutableArray(inputShape),
        ImmutableCollectionsMarshal.AsImmutableArray(layers),
        activationBytes,
        loss);

    /// <summary>Describes a network whose loss has settings.</summary>
    /// <param name="name">The name of its class.</param>
    /// <param name="inputShape">The shape of one input sample.</param>
    /// <param name="layers">The layers, in order.</param>
    /// <param name="activationBytes">Bytes of the buffers between the layers, for one sample at inference.</param>
    /// <param name="loss">What training minimises.</param>
    /// <param name="settings">The settings of the loss.</param>
    public static NetworkSummary Network(
        string name, int[] inputShape, LayerSummary[] layers, long activationBytes, Loss loss, LossSettings settings) => new(
        name,
        ImmutableCollectionsMarshal.AsImmutableArray(inputShape),
        ImmutableCollectionsMarshal.AsImmutableArray(layers),
        activationBytes,
        loss)
        {
            LossSettings = settings,
        };

    /// <summary>Describes a network whose memory is known.</summary>
    /// <param name="name">The name of its class.</param>
    /// <param name="inputShape">The shape of one input sample.</param>
    /// <param name="layers">The layers, in order.</param>
    /// <param name="activationBytes">Bytes of the buffers between the layers, for one sample at inference.</param>
    /// <param name="inference">The sizes of predictions.</param>
    /// <param name="training">The sizes of training.</param>
    public static NetworkSummary Network(
        string name, int[] inputShape, LayerSummary[] layers, long activationBytes, InferencePlan inference, TrainingPlan training)
    {
        ArgumentNullException.ThrowIfNull(inference);
        ArgumentNullException.ThrowIfNull(training);
        return new(
            name,
            ImmutableCollectionsMarshal.AsImmutableArray(inputShape),
            ImmutableCollectionsMarshal.AsImmutableArray(layers),
            activationBytes,
            training.Loss)
        {
            LossSettings = training.LossSettings,
            Plans = (inference, training),
        };
    }
}
