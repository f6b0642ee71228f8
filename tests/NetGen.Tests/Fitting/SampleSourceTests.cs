using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Fitting;

/// <summary>Training on samples that do not lie in memory.</summary>
public class SampleSourceTests
{
    private static readonly Dataset Images = FitData.Images(50, 1);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void TheResultIsThatOfTheSameSamplesInMemory(int prefetch)
    {
        float[] expected = Train(Images, prefetch: null, out TrainingHistory inMemory);
        float[] actual = Train(new ListSource(Images), prefetch, out TrainingHistory read);
        Close.SameBits("parameters", expected, actual);
        Assert.Equal(inMemory.Select(epoch => epoch.Loss), read.Select(epoch => epoch.Loss));
        Assert.Equal(inMemory.Select(epoch => epoch.ValidationAccuracy), read.Select(epoch => epoch.ValidationAccuracy));
    }

    [Fact]
    public void EachEpochReadsEachSampleOnceInAnOrderOfItsOwn()
    {
        var source = new ListSource(Images);
        new ImageNet(1).Fit(source, new FitOptions { Epochs = 3, BatchSize = 16 });
        int[][] epochs = [.. source.Reads.GroupBy(read => read.Epoch).OrderBy(group => group.Key).Select(group => group.Select(read => read.Index).ToArray())];
        Assert.Equal(3, epochs.Length);
        Assert.All(epochs, epoch => Assert.Equal(Enumerable.Range(0, 50), epoch.Order()));
        Assert.NotEqual(epochs[0], epochs[1]);
        Assert.NotEqual(epochs[1], epochs[2]);
    }

    [Fact]
    public void ASequentialSourceIsReadInItsOrder()
    {
        var source = new ListSource(Images) { IsSequential = true };
        float[] sequential = Train(source, prefetch: 2, out _, validate: false);
        Assert.Equal(
            Enumerable.Range(1, 4).SelectMany(epoch => Enumerable.Range(0, 50).Select(index => (index, epoch))),
            source.Reads);
        var network = new ImageNet(3);
        network.Fit(Images, new FitOptions { Epochs = 4, BatchSize = 16, Seed = 5, Shuffle = false });
        Close.SameBits("parameters", network.Parameters, sequential);
    }

    [Fact]
    public void AnEvaluationReadsTheSamplesInOrderOutsideOfAnyEpoch()
    {
        var source = new ListSource(Images);
        EvaluationResult expected = new ImageNet(1).Evaluate(Images);
        EvaluationResult actual = new ImageNet(1).Evaluate(source, batchSize: 7);
        Assert.Equal(expected.Loss, actual.Loss, 1e-9);
        Assert.Equal(expected.Accuracy, actual.Accuracy);
        Assert.Equal(Enumerable.Range(0, 50).Select(index => (index, 0)), source.Reads);
    }

    [Fact]
    public void AllSamplesArePredicted()
    {
        var network = new ImageNet(1);
        float[] expected = new float[50 * 4];
        float[] inputs = [.. Enumerable.Range(0, 50).SelectMany(i => Images.Input(i).ToArray())];
        network.Predict(inputs, expected);
        Close.SameBits("outputs", expected, network.Predict(new ListSource(Images), batchSize: 16));
        Close.SameBits("outputs", expected, network.Predict(Images));

        // Labels that no network could learn do not matter.
        Close.SameBits("outputs", expected, network.Predict(Dataset.FromLabels(inputs, 36, [.. Enumerable.Range(0, 50)])));
        Assert.Equal(
            "ImageNet takes 36 input values a sample; the samples of the data set have 5. (Parameter 'data')",
            Assert.Throws<ArgumentException>(() => network.Predict(FitData.Curve(3, 1))).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void AnExceptionOfTheSourceIsThatOfTheTraining(int prefetch)
    {
        int reads = 0;
        var source = new ListSource(Images) { OnRead = (_, _) => { if (++reads == 60) throw new TimeoutException("no answer"); } };
        var network = new ImageNet(1);
        Assert.Equal("no answer", Assert.Throws<TimeoutException>(() => network.Fit(source, Options(4, prefetch))).Message);

        // Samples 0 to 58 made four steps of the first epoch, and none of the second.
        var expected = new ImageNet(1);
        expected.Fit(Images, Options(1, 0));
        Close.SameBits("parameters", expected.Parameters, network.Parameters);
        network.Fit(Images, Options(1, prefetch));

        static FitOptions Options(int epochs, int prefetch) => new() { Epochs = epochs, BatchSize = 16, Prefetch = prefetch };
    }

    [Fact]
    public void ATrainingThatWaitsForASampleCanBeCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        using var never = new ManualResetEventSlim();
        int reads = 0;
        var source = new ListSource(Images)
        {
            OnRead = (_, _) =>
            {
                if (++reads <= 20)
                    return;
                cancellation.Cancel();
                never.Wait();
            },
        };
        var network = new ImageNet(1);
        var fault = Assert.Throws<TrainingCanceledException>(() => network.Fit(
            source, new FitOptions { Epochs = 2, BatchSize = 16, CancellationToken = cancellation.Token }));
        Assert.Equal(cancellation.Token, fault.CancellationToken);
        Assert.InRange(fault.CompletedSteps, 0, 1);
        never.Set();
        network.Fit(Images);
    }

    [Fact]
    public void ACallbackThatThrowsEndsTheReading()
    {
        var source = new ListSource(Images);
        var network = new ImageNet(1);
        var fault = new TimeoutException();
        Assert.Same(fault, Assert.Throws<TimeoutException>(() => network.Fit(
            source, new FitOptions { Epochs = 1000, BatchSize = 16, Callbacks = [new EventList { OnStep = _ => throw fault }] })));

        // The step that failed, and three batches of the ring at most.
        Assert.InRange(source.Reads.Count, 16, 4 * 16);
    }

    [Fact]
    public void WhatASourceGivesIsChecked()
    {
        var labels = new OneSample { Label = 4 };
        AssertInvalid("OneSample gave sample 0 the label 4; ImageNet needs labels from 0 to 3.", labels);
        AssertInvalid("OneSample gave sample 0 the label -1; ImageNet needs labels from 0 to 3.", new OneSample { Label = -1 });
        AssertInvalid("OneSample gave sample 0 the weight NaN; weights must be finite and not negative.", new OneSample { Weight = float.NaN });
        AssertInvalid("OneSample gave sample 0 the weight -1; weights must be finite and not negative.", new OneSample { Weight = -1 });
        AssertInvalid(
            "OneSample gave targets that do not suit the network: ImageNet learns class probabilities, which are 0 or more and add up to 1 for each sample, "
            + "but the targets of sample 0 add up to 2.",
            new OneSample { Target = 0.5f });
        Assert.Equal(
            "OneSample has 5 classes; ImageNet has 4. (Parameter 'train')",
            Assert.Throws<ArgumentException>(() => new ImageNet(1).Fit(new OneSample { ClassCount = 5 })).Message);

        static void AssertInvalid(string message, OneSample source) =>
            Assert.Equal(message, Assert.Throws<InvalidDataException>(() => new ImageNet(1).Fit(source)).Message);
    }

    [Fact]
    public void WeightsOfSamplesCountInTheLossAndTheGradient()
    {
        // A weight of 2 does what the same sample twice does, where there is no dropout.
        float[] twice = [1, 0, 0, 1, 0, 1], once = [1, 0, 0, 1];
        var weighted = new PlaneNet(1);
        TrainingHistory history = weighted.Fit(
            Dataset.FromTargets(once, 2, [3, -1], 1).WithWeights(new float[] { 1, 2 }), Options());
        var repeated = new PlaneNet(1);
        TrainingHistory expected = repeated.Fit(Dataset.FromTargets(twice, 2, [3, -1, -1], 1), Options());
        Assert.Equal(repeated.Parameters.ToArray(), weighted.Parameters.ToArray(), (a, b) => MathF.Abs(a - b) < 1e-6f);
        Assert.Equal(expected[^1].Loss, history[^1].Loss, 1e-6);

        static FitOptions Options() => new() { Epochs = 10, Optimizer = new Sgd(0.1f), Shuffle = false };
    }

    [Fact]
    public void ViewsKeepTheWeightsOfTheirSamples()
    {
        Dataset data = Dataset.FromLabels(new float[] { 0, 1, 2, 3, 4 }, 1, [0, 0, 0, 0, 0]).Shuffle(1).WithWeights(new float[] { 10, 11, 12, 13, 14 });
        Dataset view = data.Shuffle(2).Slice(1, 3);
        float[] input = new float[1];
        for (int i = 0; i < 3; i++)
        {
            (int label, float weight) = (0, 1);
            view.Read(new Sample(i, 0, input, default, ref label, ref weight));
            int place = Enumerable.Range(0, 5).Single(index => data.Input(index)[0] == input[0]);
            Assert.Equal(10 + place, weight);
        }

        Assert.Equal("There are 3 samples but 2 weights. (Parameter 'weights')", Assert.Throws<ArgumentException>(() => view.WithWeights(new float[2])).Message);
        Assert.StartsWith("The weight of sample 1 is NaN;", Assert.Throws<ArgumentException>(() => view.WithWeights(new[] { 0, float.NaN, 1 })).Message);
    }

    private static float[] Train(ISampleSource source, int? prefetch, out TrainingHistory history, bool validate = true)
    {
        var network = new ImageNet(3);
        history = network.Fit(source, new FitOptions
        {
            Epochs = 4,
            BatchSize = 16,
            Seed = 5,
            Prefetch = prefetch,
            Validation = !validate ? null : source is ListSource ? new ListSource(FitData.Images(30, 2)) : FitData.Images(30, 2),
        });
        return network.Parameters.ToArray();
    }

    private sealed class OneSample : ISampleSource
    {
        public int Count => 1;

        public int InputLength => 36;

        public int ClassCount { get; init; } = 4;

        public int TargetLength => Target is null ? 0 : 4;

        public int Label { get; init; }

        public float Weight { get; init; } = 1;

        public float? Target { get; init; }

        public void Read(Sample sample)
        {
            sample.Input.Clear();
            sample.Label = Label;
            sample.Weight = Weight;
            sample.Target.Fill(Target ?? 0);
        }
    }
}
