using Xunit;

namespace NetGen.Tests.Training;

/// <summary>Fit and Evaluate with generated networks, dropout included.</summary>
public partial class GeneratedNetworkTests
{
    private const int Side = 8;

    [Fact]
    public void AConvolutionalNetworkLearnsWhatALinearOneCannot()
    {
        var network = new Bars(seed: 1);
        EvaluationResult before = network.Evaluate(Crosses(200, 2));
        TrainingHistory history = network.Fit(Crosses(1000, 1), new FitOptions
        {
            Epochs = 15,
            BatchSize = 32,
            Optimizer = new Adam(0.01f),
            Validation = Crosses(200, 2),
        });
        Assert.True(before.Accuracy < 0.8);
        Assert.True(history[^1].ValidationAccuracy > 0.95, $"accuracy {history[^1].ValidationAccuracy}");
        Assert.Equal(history[^1].ValidationLoss, network.Evaluate(Crosses(200, 2)).Loss);
        Assert.Empty(history.Warnings);
    }

    [Fact]
    public void TheResultIsTheSameForEveryNumberOfThreads()
    {
        (float[] Parameters, double[] Losses) expected = Train(threads: 1, seed: 5);
        foreach (int threads in new[] { 2, 3, 0 })
        {
            (float[] Parameters, double[] Losses) actual = Train(threads, seed: 5);
            Assert.Equal(expected.Losses, actual.Losses);
            Assert.Equal(expected.Parameters, actual.Parameters);
        }
        Assert.NotEqual(expected.Parameters, Train(threads: 1, seed: 6).Parameters);
    }

    [Fact]
    public void StepsAllocateNothing()
    {
        long[] allocated = new long[40];
        int count = 0;
        new Bars().Fit(Crosses(200, 1), new FitOptions
        {
            BatchSize = 5,
            Threads = 1,
            Progress = new Probe(() => allocated[count++] = GC.GetAllocatedBytesForCurrentThread()),
        });
        Assert.Equal(40, count);
        Assert.Equal(allocated[0], allocated[39]);
    }

    [Fact]
    public void TheNetworkIsNamedInMessages()
    {
        var fault = Assert.Throws<ArgumentException>(() => new Bars().Fit(Dataset.FromLabels(new float[20], 10, [0, 1])));
        Assert.Equal("Bars takes 64 input values a sample; the samples of the data set have 10. (Parameter 'train')", fault.Message);
    }

    private static (float[] Parameters, double[] Losses) Train(int threads, ulong seed)
    {
        var network = new Bars(seed: 9);
        TrainingHistory history = network.Fit(Crosses(150, 3), new FitOptions
        {
            Epochs = 2,
            BatchSize = 64,
            Threads = threads,
            Seed = seed,
            Optimizer = new Sgd(0.05f) { Momentum = 0.9f, Nesterov = true },
            Validation = Crosses(300, 4),
        });
        return (network.Parameters.ToArray(), [.. history.SelectMany(epoch => new[] { epoch.Loss, epoch.ValidationLoss!.Value })]);
    }

    /// <summary>A row or a column at a random place: each pixel alone says nothing about the class.</summary>
    private static Dataset Crosses(int count, ulong seed)
    {
        var random = new NetGen.Numerics.CounterRandom(seed);
        float[] images = new float[count * Side * Side];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = random.NextInt32(2);
            int place = random.NextInt32(Side);
            for (int j = 0; j < Side; j++)
                images[i * Side * Side + (labels[i] == 0 ? place * Side + j : j * Side + place)] = 1;
        }
        for (int i = 0; i < images.Length; i++)
            images[i] += (float)(0.2 * random.NextNormal());
        return Dataset.FromLabels(images, Side * Side, labels);
    }

    private sealed class Probe(Action onStep) : TrainingProgress
    {
        public override void StepCompleted(in StepResult step) => onStep();
    }

    [Network]
    [Input(Side, Side, 1)]
    [Conv2D(6, 3), ReLU, MaxPool2D(2)]
    [Flatten, Dropout(0.3)]
    [Dense(12), ReLU]
    [Dense(2), Softmax]
    internal sealed partial class Bars;
}
