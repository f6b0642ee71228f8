using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Fitting;

/// <summary>Gradients of several batches in one step of the optimizer, and weights of classes.</summary>
public class AccumulationTests
{
    private static readonly Dataset Plane = Dataset.FromTargets(
        [.. Enumerable.Range(0, 46).Select(i => MathF.Sin(i))], 2, [.. Enumerable.Range(0, 23).Select(i => MathF.Cos(3 * i))], 1);

    [Theory]
    [InlineData(1, 8)]
    [InlineData(2, 4)]
    [InlineData(4, 2)]
    public void SeveralBatchesDoWhatOneLargeOneDoes(int batches, int batchSize)
    {
        // 23 samples: the last step has 7 in both, and so has a batch that is not full.
        PlaneNet expected = Train(8, 1, out long expectedSteps), actual = Train(batchSize, batches, out long steps);
        Assert.Equal(expectedSteps, steps);
        Assert.Equal(expected.Parameters.ToArray(), actual.Parameters.ToArray(), (a, b) => MathF.Abs(a - b) < 1e-6f);
        if (batches == 1)
            Close.SameBits("parameters", expected.Parameters, actual.Parameters);
    }

    [Fact]
    public void BatchesAreCounted() =>
        Assert.StartsWith(
            "AccumulatedBatches must be at least 1, but got 0.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new FitOptions { AccumulatedBatches = 0 }).Message);

    [Fact]
    public void ClassWeightsAreWeightsOfSamples()
    {
        Dataset data = FitData.Images(40, 1);
        float[] weights = [1, 3, 0.5f, 2];
        var byClass = new ImageNet(1);
        TrainingHistory expected = byClass.Fit(data, new FitOptions { Epochs = 2, BatchSize = 16, ClassWeights = weights });
        var bySample = new ImageNet(1);
        TrainingHistory actual = bySample.Fit(
            data.WithWeights(Enumerable.Range(0, 40).Select(i => weights[data.Label(i)]).ToArray()), new FitOptions { Epochs = 2, BatchSize = 16 });
        Close.SameBits("parameters", byClass.Parameters, bySample.Parameters);
        Assert.Equal(expected.Select(epoch => epoch.Loss), actual.Select(epoch => epoch.Loss));
        var without = new ImageNet(1);
        without.Fit(data, new FitOptions { Epochs = 2, BatchSize = 16 });
        Assert.NotEqual(without.Parameters.ToArray(), byClass.Parameters.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ABatchOfWeightsZeroChangesNothing(int accumulated)
    {
        // 5 batches, of which the second and the last have no weight.
        int[] withWeight = [0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15];
        (float[] actual, List<float[]> steps) = Train(Enumerable.Range(0, 20));
        Assert.Equal(steps[0], steps[1]);
        Assert.Equal(accumulated == 1, steps[3].SequenceEqual(steps[4]));
        Close.SameBits("parameters", Train(withWeight).Parameters, actual);

        (float[] Parameters, List<float[]> Steps) Train(IEnumerable<int> samples)
        {
            var network = new PlaneNet(1);
            var after = new List<float[]>();
            Dataset data = Dataset.FromTargets(
                [.. samples.SelectMany(i => new[] { MathF.Sin(i), MathF.Cos(2 * i) })], 2, [.. samples.Select(i => MathF.Cos(3 * i))], 1);
            TrainingHistory history = network.Fit(data.WithWeights(samples.Select(i => withWeight.Contains(i) ? 1f + (i % 2) : 0).ToArray()), new FitOptions
            {
                BatchSize = 4,
                AccumulatedBatches = accumulated,
                Shuffle = false,
                Callbacks = [new EventList { OnStep = training => after.Add(training.Network.Parameters.ToArray()) }],
            });
            Assert.True(double.IsFinite(history[0].Loss));
            return (network.Parameters.ToArray(), after);
        }
    }

    [Fact]
    public void ClassWeightsAreChecked()
    {
        Assert.StartsWith("The weight of class 1 must be finite and not negative, but got NaN.", Refused<ArgumentException>(() => new FitOptions { ClassWeights = [1, float.NaN] }));
        Assert.StartsWith("At least one class must have a weight above 0.", Refused<ArgumentException>(() => new FitOptions { ClassWeights = [0, 0] }));
        Assert.StartsWith(
            "FitOptions.ClassWeights has 3 weights, but ImageNet has 4 classes.",
            Refused<ArgumentException>(() => new ImageNet(1).Fit(FitData.Images(4, 1), new FitOptions { ClassWeights = [1, 1, 1] })));
        Assert.StartsWith(
            "FitOptions.ClassWeights needs a classifier; CurveNet is trained on the loss MeanSquaredError.",
            Refused<ArgumentException>(() => new CurveNet(1).Fit(FitData.Curve(4, 1), new FitOptions { ClassWeights = [1, 1] })));
    }

    private static string Refused<TException>(Func<object> action)
        where TException : Exception => Assert.Throws<TException>(action).Message;

    private static PlaneNet Train(int batchSize, int batches, out long steps)
    {
        var network = new PlaneNet(1);
        var optimizer = new Sgd(0.1f) { Momentum = 0.5f };
        network.Fit(Plane, new FitOptions { Epochs = 5, BatchSize = batchSize, AccumulatedBatches = batches, Optimizer = optimizer, Seed = 3 });
        steps = optimizer.StepCount;
        return network;
    }
}
