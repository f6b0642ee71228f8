namespace NetGen.Generator.Tests.Counting;

/// <summary>What is counted of a network: predictions and training steps on one thread.</summary>
internal sealed class CountedWork
{
    private readonly INetwork _network;

    private CountedWork(INetwork network) => _network = network;

    /// <summary>That of a network by its class.</summary>
    public static CountedWork Of(Type network) => new((INetwork)Activator.CreateInstance(network, 1UL)!);

    /// <summary>Predicts a batch.</summary>
    public void Predict(int samples) => _network.Predict(
        Values(samples * _network.Summary.InputLength), new float[samples * _network.Summary.OutputLength], threads: 1);

    /// <summary>Does a training step on a batch.</summary>
    public void Train(int samples)
    {
        ITrainingPass pass = _network.BeginTraining(samples, seed: 1, threads: 1);
        float[] inputs = Values(samples * _network.Summary.InputLength);
        if (_network.Summary.Loss == Loss.CrossEntropy)
            pass.Forward(inputs, Enumerable.Range(0, samples).Select(sample => sample % _network.Summary.OutputLength).ToArray());
        else
            pass.Forward(inputs, Values(samples * _network.Summary.OutputLength));
        pass.Backward();
    }

    // In [0, 1), as targets of any loss may be.
    private static float[] Values(int count) => [.. Enumerable.Range(0, count).Select(i => i * 0.618034f % 1)];
}
