using NetGen.Tests.Parity;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Networks;

/// <summary>What the summary says of memory, against what is allocated.</summary>
public sealed class MemoryTests
{
    /// <summary>Objects, alignment and the slack behind each block.</summary>
    private const long Small = 6000;

    public static TheoryData<string> Names => ParityNetworks.All.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_summary_knows_the_memory_of_a_training_pass(string name)
    {
        AnyNetwork network = ParityNetworks.All.Create(name, seed: 1);
        foreach ((int batchSize, int threads) in (ReadOnlySpan<(int, int)>)[(2, 1), (70, 1), (300, 3)])
        {
            long allocated = Allocated.ByThread(() => network.BeginTraining(batchSize, seed: 1, threads), attempts: 2);
            long told = network.Network.Summary.TrainingBytes(batchSize, threads);
            Assert.InRange(allocated, told, told + Small);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_summary_knows_the_memory_of_predictions(string name)
    {
        AnyNetwork network = ParityNetworks.All.Create(name, seed: 1);
        float[] inputs = new float[2 * network.InputLength], outputs = new float[2 * network.OutputLength];
        long allocated = Allocated.ByThread(() => network.Network.CreatePredictor(maxBatch: 2, threads: 1).Predict(inputs, outputs), attempts: 2);

        // Values that are prepared from the parameters are allocated once for a network, by the call that is not counted.
        long told = network.Network.Summary.PredictionBytes();
        long prepared = sizeof(float) * (long)network.Network.Summary.Plans!.Value.Inference.PreparedLength;
        Assert.InRange(allocated, told - prepared, told - prepared + Small);
        Assert.Equal(2 * (network.Network.Summary.PredictionBytes(2) - told), network.Network.Summary.PredictionBytes(3) - told);
    }

    [Fact]
    public void A_summary_that_is_not_generated_does_not_know_them()
    {
        NetworkSummary summary = new("Net", [1], [], 0, Loss.MeanSquaredError);
        Assert.Contains("Net", Assert.Throws<InvalidOperationException>(() => summary.TrainingBytes(1)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => summary.PredictionBytes());
        Assert.Throws<ArgumentOutOfRangeException>(() => summary.TrainingBytes(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => summary.PredictionBytes(0));
    }
}
