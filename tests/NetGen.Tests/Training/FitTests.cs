using Xunit;

namespace NetGen.Tests.Training;

public class FitTests
{
    [Fact]
    public void AClassifierLearnsWhatCanBeSeparated()
    {
        var network = new LinearClassifier();
        TrainingHistory history = network.Fit(LinearClassifier.Corners(300, 1), new FitOptions
        {
            Epochs = 20,
            BatchSize = 16,
            Optimizer = new Sgd(0.1f) { Momentum = 0.9f },
            Validation = LinearClassifier.Corners(100, 2),
        });
        Assert.Equal(Enumerable.Range(1, 20), history.Select(epoch => epoch.Epoch));
        Assert.True(history[^1].Loss < 0.1 * history[0].Loss);
        Assert.Equal(1, history[^1].Accuracy);
        Assert.Equal(1, history[^1].ValidationAccuracy);
        Assert.True(history[^1].ValidationLoss < 0.05);
        Assert.All(history, epoch => Assert.True(epoch.StepDuration > TimeSpan.Zero && epoch.Duration >= epoch.StepDuration));
        Assert.Empty(history.Warnings);
    }

    [Fact]
    public void ARegressionFindsThePlane()
    {
        var network = new LinearRegression();
        TrainingHistory history = network.Fit(LinearRegression.Plane(200, 1), new FitOptions
        {
            Epochs = 200,
            BatchSize = 20,
            Optimizer = new Adam(0.02f),
            Validation = LinearRegression.Plane(50, 2),
        });
        Assert.Equal([2, -3, 0.5], network.Parameters.ToArray().Select(value => Math.Round(value, 2)));
        Assert.Null(history[^1].Accuracy);
        Assert.Null(history[^1].ValidationAccuracy);
        Assert.True(history[^1].ValidationLoss < 1e-4);
        Assert.Empty(history.Warnings);
    }

    [Fact]
    public void AClassifierLearnsFromProbabilities()
    {
        var network = new LinearClassifier();
        Dataset data = Dataset.FromTargets([0, 1, 1, 0], 2, [0.7f, 0.2f, 0.1f, 0.1f, 0.3f, 0.6f], 3);
        TrainingHistory history = network.Fit(data, new FitOptions { Epochs = 500, Optimizer = new Sgd(1) });
        float[] output = new float[3];
        network.Predict([0, 1], output);
        Assert.Equal([0.7, 0.2, 0.1], output.Select(value => Math.Round(value, 2)));
        Assert.Equal(1, history[^1].Accuracy);
        Assert.Empty(history.Warnings);
    }

    [Fact]
    public void EverySampleIsUsedOnceInAnEpochAndTheLastBatchIsWhatIsLeft()
    {
        LinearClassifier network = Train(new FitOptions { Epochs = 2, BatchSize = 4 });
        Assert.Equal([4, 4, 2, 4, 4, 2], network.BatchSizes);
        float[] first = [.. network.FirstInputs.Take(10)];
        float[] second = [.. network.FirstInputs.Skip(10)];
        Assert.Equal(Ten.Inputs.Order(), first.Order());
        Assert.Equal(Ten.Inputs.Order(), second.Order());
        Assert.NotEqual(first, second);
        Assert.NotEqual(Ten.Inputs, first);
    }

    [Fact]
    public void TheSeedDecidesTheOrder()
    {
        static List<float> Order(ulong seed) => Train(new FitOptions { Epochs = 3, BatchSize = 3, Seed = seed }).FirstInputs;
        Assert.Equal(Order(5), Order(5));
        Assert.NotEqual(Order(5), Order(6));
    }

    [Fact]
    public void WithoutShufflingTheOrderIsThatOfTheData() =>
        Assert.Equal([.. Ten.Inputs, .. Ten.Inputs], Train(new FitOptions { Epochs = 2, BatchSize = 3, Shuffle = false }).FirstInputs);

    [Fact]
    public void OptionsReachThePassAndThePredictions()
    {
        LinearClassifier network = Train(new FitOptions { BatchSize = 4, Seed = 9, Threads = 3, Validation = Ten.Data });
        Assert.Equal((4, 9UL, 3), network.Began);
        Assert.Equal(3, network.PredictThreads);
        network = Train(new FitOptions { BatchSize = int.MaxValue });
        Assert.Equal(10, network.Began.BatchSize);
        Assert.Equal([10], network.BatchSizes);
    }

    [Fact]
    public void WithoutOptionsThereIsOneEpochOfAdam()
    {
        var network = new LinearClassifier();
        Assert.Single(network.Fit(Ten.Data));
        Assert.Equal([10], network.BatchSizes);
        // The first step of Adam is the learning rate, 0.001, but for parameters with next to no gradient.
        Assert.All(network.Parameters.ToArray(), value => Assert.InRange(MathF.Abs(value), 1e-4f, 1e-3f));
    }

    [Fact]
    public void OptionsForTwoNetworksGiveWhatOptionsForEachGive()
    {
        var shared = new FitOptions { Epochs = 3, BatchSize = 4 };
        var (first, second, alone) = (new LinearClassifier(), new LinearClassifier(), new LinearClassifier());
        first.Fit(Ten.Data, shared);
        second.Fit(Ten.Data, shared);
        alone.Fit(Ten.Data, new FitOptions { Epochs = 3, BatchSize = 4 });
        Assert.Null(shared.Optimizer);
        Assert.Equal(alone.Parameters.ToArray(), first.Parameters.ToArray());
        Assert.Equal(alone.Parameters.ToArray(), second.Parameters.ToArray());
    }

    [Fact]
    public void AnOptimizerThatIsSetGoesOn()
    {
        var optimizer = new Adam(1e-3f);
        var options = new FitOptions { Optimizer = optimizer };
        var (twice, anew) = (new LinearClassifier(), new LinearClassifier());
        for (int i = 0; i < 2; i++)
        {
            twice.Fit(Ten.Data, options);
            anew.Fit(Ten.Data);
        }
        Assert.Equal(2, optimizer.StepCount);
        Assert.NotEqual(anew.Parameters.ToArray(), twice.Parameters.ToArray());
    }

    [Fact]
    public void TheLossOfAnEpochIsTheMeanOverItsSamples()
    {
        var network = new LinearClassifier();
        TrainingHistory history = network.Fit(Ten.Data, new FitOptions { BatchSize = 4, Optimizer = new Sgd(0.5f), Shuffle = false });
        Assert.Equal((4.0 * network.Losses[0] + 4.0 * network.Losses[1] + 2.0 * network.Losses[2]) / 10, history[0].Loss, 1e-12);
        int correct = Enumerable.Range(0, 10).Count(i => network.Predictions[i] == Ten.Data.Label(i));
        Assert.Equal(correct / 10.0, history[0].Accuracy);
    }

    [Fact]
    public void ValidationIsEvaluationAfterTheEpoch()
    {
        var network = new LinearClassifier();
        Dataset validation = LinearClassifier.Corners(600, 3);
        TrainingHistory history = network.Fit(Ten.Data, new FitOptions { Epochs = 2, Validation = validation });
        Assert.Equal([256, 256, 88, 256, 256, 88], network.PredictedBatches);
        EvaluationResult result = network.Evaluate(validation);
        Assert.Equal(result.Loss, history[1].ValidationLoss);
        Assert.Equal(result.Accuracy, history[1].ValidationAccuracy);
        Assert.NotEqual(history[0].ValidationLoss, history[1].ValidationLoss);
    }

    [Fact]
    public void TheScheduleSetsTheRateOfEveryStep()
    {
        var asked = new List<double>();
        var rates = new List<float>();
        var optimizer = new Sgd(1);
        Train(new FitOptions
        {
            Epochs = 2,
            BatchSize = 5,
            Optimizer = optimizer,
            Schedule = epoch =>
            {
                asked.Add(epoch);
                return (float)(1 / (1 + epoch));
            },
            Progress = new Recorder(_ => rates.Add(optimizer.LearningRate)),
        });
        Assert.Equal([0, 0.5, 1, 1.5], asked);
        Assert.Equal([1, 1 / 1.5f, 0.5f, 0.4f], rates);
    }

    [Fact]
    public void AScheduleMustGiveARate()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => Train(new FitOptions { Schedule = _ => -1 }));
        Assert.Equal("The schedule must give a learning rate that is finite and not negative, but gave -1 at 0 epochs.", fault.Message);
    }

    [Fact]
    public void ProgressIsToldInOrder()
    {
        var recorder = new Recorder();
        Train(new FitOptions { Epochs = 2, BatchSize = 5, Progress = recorder });
        Assert.Equal(
            [
                "start 1/2, 2 steps", "step 1/2 of 1", "step 2/2 of 1", "end 1",
                "start 2/2, 2 steps", "step 1/2 of 2", "step 2/2 of 2", "end 2",
            ],
            recorder.Events);
    }

    [Fact]
    public void StepsAllocateNothing()
    {
        long[] allocated = new long[60];
        int count = 0;
        var network = new LinearClassifier();
        Dataset data = LinearClassifier.Corners(90, 1);
        network.Fit(data, new FitOptions
        {
            BatchSize = 3,
            Epochs = 2,
            Progress = new Probe(() => allocated[count++] = GC.GetAllocatedBytesForCurrentThread()),
        });
        // Between the epochs lie the results of the first; the first step takes the optimizer's memory.
        Assert.Equal(60, count);
        Assert.Equal(allocated[0], allocated[29]);
        Assert.Equal(allocated[30], allocated[59]);
    }

    private static LinearClassifier Train(FitOptions options)
    {
        var network = new LinearClassifier();
        network.Fit(Ten.Data, options);
        return network;
    }

    /// <summary>Does no more than the step tells it, so that it allocates nothing itself.</summary>
    private sealed class Probe(Action onStep) : TrainingProgress
    {
        public override void StepCompleted(in StepResult step) => onStep();
    }

    /// <summary>Ten samples, told apart by their first input.</summary>
    internal static class Ten
    {
        public static float[] Inputs { get; } = [.. Enumerable.Range(0, 10).Select(i => i / 8f)];

        public static Dataset Data { get; } = Dataset.FromLabels(
            [.. Inputs.SelectMany(value => new[] { value, 1 - value })], 2, [.. Enumerable.Range(0, 10).Select(i => i % 3)]);
    }
}
