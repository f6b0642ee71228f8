using System.ComponentModel;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Forward and backward computation of one network with dropout active; owns the activations and the gradients. Its outputs are those of
/// a network with dropped units: to predict, call <see cref="INetwork.Predict(ReadOnlySpan{float}, Span{float})"/>. The generator derives
/// <c>TrainingPass</c> of each network from it.
/// </summary>
/// <typeparam name="TNetwork">The network's class.</typeparam>
/// <remarks>One thread at a time may use a pass. It allocates all its memory when it is made.</remarks>
public abstract class TrainingPass<TNetwork> : ITrainingPass, IPassDiagnostics, IRunnerPass
    where TNetwork : class, INetwork
{
    /// <summary>Begins training.</summary>
    /// <param name="network">The network.</param>
    /// <param name="runner">The generated code that computes the pass.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected TrainingPass(TNetwork network, TrainingRunner runner)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(runner);
        Network = network;
        Runner = runner;
    }

    /// <summary>The network that is trained.</summary>
    public TNetwork Network { get; }

    INetwork ITrainingPass.Network => Network;

    /// <inheritdoc/>
    [NetworkMember(NetworkMemberRole.BatchSize)]
    public int BatchSize => Runner.BatchSize;

    /// <inheritdoc/>
    public int Threads => Runner.Threads;

    /// <inheritdoc/>
    public long Step => Runner.Step;

    /// <inheritdoc/>
    [NetworkMember(NetworkMemberRole.Outputs)]
    public ReadOnlySpan<float> Outputs => Runner.Outputs;

    /// <inheritdoc/>
    public Span<float> Gradients => Runner.Gradients;

    /// <summary>
    /// Which units of the <c>ReLU</c> layers were ever positive; null unless the network is declared with <see cref="NetworkAttribute.TrackDeadUnits"/>.
    /// </summary>
    public UnitActivity? UnitActivity => Runner.UnitActivity;

    private protected TrainingRunner Runner { get; }

    TrainingRunner IRunnerPass.Runner => Runner;

    /// <inheritdoc/>
    [NetworkMember(NetworkMemberRole.Forward)]
    public float Forward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights = default) =>
        Runner.Forward(inputs, targets, sampleWeights);

    [NetworkMember(NetworkMemberRole.Forward)]
    float ITrainingPass.Forward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> sampleWeights) =>
        Runner.Forward(inputs, labels, sampleWeights);

    /// <summary>Runs a batch of bytes with targets; the generated pass of a network that takes bytes calls it.</summary>
    /// <param name="inputs">The samples.</param>
    /// <param name="targets">The targets of each.</param>
    /// <param name="sampleWeights">The weight of each sample; empty if all have the same.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected float ForwardBytes(ReadOnlySpan<byte> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights) =>
        Runner.Forward(inputs, targets, sampleWeights);

    /// <summary>Runs a batch of bytes with labels; the generated pass of a network that takes bytes calls it.</summary>
    /// <param name="inputs">The samples.</param>
    /// <param name="labels">The class of each.</param>
    /// <param name="sampleWeights">The weight of each sample; empty if all have the same.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected float ForwardBytes(ReadOnlySpan<byte> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> sampleWeights) =>
        Runner.Forward(inputs, labels, sampleWeights);

    /// <inheritdoc/>
    [NetworkMember(NetworkMemberRole.Backward)]
    public void Backward() => Runner.Backward();

    string? IPassDiagnostics.LayerOfSingleValues => Runner.LayerOfSingleValues;

    string? IPassDiagnostics.FirstNotFiniteLayer() => Runner.FirstNotFiniteLayer();

    /// <inheritdoc/>
    public void InputGradients(Span<float> destination) => Runner.InputGradients(destination);
}
