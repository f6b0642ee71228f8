namespace NetGen.Benchmarks.Accuracy;

/// <summary>One training of one variant.</summary>
/// <param name="Network">The network after it.</param>
/// <param name="FirstLoss">The loss of the first step.</param>
/// <param name="Epochs">Losses, and accuracies on the test images.</param>
internal sealed record Training(INetwork Network, double FirstLoss, IReadOnlyList<EpochResult> Epochs)
{
    /// <summary>Samples in a step.</summary>
    public const int BatchSize = 128;

    /// <summary>Adam's learning rate.</summary>
    public const float LearningRate = 1e-3f;

    /// <summary>The share of the test images that is classified rightly after the last epoch.</summary>
    public double Accuracy => Epochs[^1].ValidationAccuracy!.Value;

    /// <summary>Trains a new network. The seed decides on weights, order and dropout, and so does nothing else.</summary>
    public static Training Run<TNetwork>(ulong seed, Dataset train, Dataset test, AccuracyOptions options)
        where TNetwork : class, INetwork<TNetwork>
    {
        TNetwork network = TNetwork.Create(seed);
        var first = new FirstLoss();
        TrainingHistory history = network.Fit(train, new FitOptions
        {
            Epochs = options.Epochs,
            BatchSize = BatchSize,
            Optimizer = new Adam(LearningRate),
            Seed = seed,
            Threads = options.Threads,
            Validation = test,
            Callbacks = [first],
        });
        return new Training(network, first.Value, [.. history]);
    }
}
