using System.ComponentModel;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>The training pass of a classifier, whose samples have labels, or a probability for each class.</summary>
/// <typeparam name="TNetwork">The network's class.</typeparam>
/// <inheritdoc cref="TrainingPass{TNetwork}" path="/remarks"/>
public abstract class ClassifierTrainingPass<TNetwork> : TrainingPass<TNetwork>
    where TNetwork : class, INetwork
{
    /// <summary>Begins training.</summary>
    /// <param name="network">The network.</param>
    /// <param name="runner">The generated code that computes the pass.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ClassifierTrainingPass(TNetwork network, TrainingRunner runner)
        : base(network, runner)
    {
    }

    /// <inheritdoc cref="ITrainingPass.Forward(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float})"/>
    [NetworkMember(NetworkMemberRole.Forward)]
    public float Forward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> sampleWeights = default) =>
        Runner.Forward(inputs, labels, sampleWeights);
}
