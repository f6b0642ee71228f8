using Xunit;

namespace NetGen.Tests.Training;

/// <summary>What Fit and Evaluate refuse, and how training ends before its time.</summary>
public class FitErrorTests
{
    [Fact]
    public void OptionsAreChecked()
    {
        AssertMessage("Epochs must be at least 1, but got 0. (Parameter 'value')", () => new FitOptions { Epochs = 0 });
        AssertMessage("BatchSize must be at least 1, but got -5. (Parameter 'value')", () => new FitOptions { BatchSize = -5 });
        AssertMessage("Threads must be at least 0, but got -1. (Parameter 'value')", () => new FitOptions { Threads = -1 });
        Assert.Throws<ArgumentNullException>("value", () => new FitOptions { Progress = null! });
        AssertMessage("The batch size must be at least 1, but got 0. (Parameter 'batchSize')", () => new LinearClassifier().Evaluate(Labelled, 0));
        AssertMessage("The number of threads must be at least 0, but got -2. (Parameter 'threads')", () => new LinearClassifier().Evaluate(Labelled, threads: -2));
    }

    [Fact]
    public void NothingIsNotAnArgument()
    {
        Assert.Throws<ArgumentNullException>("network", () => ((LinearClassifier)null!).Fit(Labelled));
        Assert.Throws<ArgumentNullException>("train", () => new LinearClassifier().Fit(null!));
        Assert.Throws<ArgumentNullException>("network", () => ((LinearClassifier)null!).Evaluate(Labelled));
        Assert.Throws<ArgumentNullException>("data", () => new LinearClassifier().Evaluate(null!));
    }

    [Fact]
    public void ADataSetMustSuitTheClassifier()
    {
        AssertRefused<LinearClassifier>("The data set has no samples.", Labelled.Take(0));
        AssertRefused<LinearClassifier>(
            "LinearClassifier takes 2 input values a sample; the samples of the data set have 3.",
            Dataset.FromLabels(new float[6], 3, [0, 1]));
        AssertRefused<LinearClassifier>(
            "The label of sample 1 is 7; LinearClassifier has 3 classes, so labels must be 0 to 2.",
            Dataset.FromLabels(new float[4], 2, [2, 7]));
        AssertRefused<LinearClassifier>(
            "LinearClassifier has 3 outputs; the samples of the data set have 2 targets.",
            Dataset.FromTargets(new float[4], 2, new float[4], 2));
    }

    [Fact]
    public void TargetsOfAClassifierAreProbabilities()
    {
        const string Expected = "LinearClassifier learns class probabilities, which are 0 or more and add up to 1 for each sample, but ";
        AssertRefused<LinearClassifier>(
            Expected + "the targets of sample 1 add up to 1.5.",
            Dataset.FromTargets(new float[4], 2, [0, 1, 0, 0.5f, 0.5f, 0.5f], 3));
        AssertRefused<LinearClassifier>(
            Expected + "target 2 of sample 1 is -0.5 (its targets add up to 1).",
            Dataset.FromTargets(new float[4], 2, [0, 1, 0, 1, 0.5f, -0.5f], 3));
        AssertRefused<LinearClassifier>(
            Expected + "target 0 of sample 0 is NaN (its targets add up to NaN).",
            Dataset.FromTargets(new float[2], 2, [float.NaN, 1, 0], 3));
    }

    [Fact]
    public void ADataSetMustSuitTheRegression()
    {
        AssertRefused<LinearRegression>(
            "LinearRegression is trained on the loss MeanSquaredError, which needs targets (Dataset.FromTargets); the data set has labels.",
            Labelled);
        AssertRefused<LinearRegression>(
            "LinearRegression has 1 outputs; the samples of the data set have 2 targets.",
            Dataset.FromTargets(new float[4], 2, new float[4], 2));
    }

    [Fact]
    public void MoreClassesThanOutputsAreNoFaultWhileNoSampleHasThem()
    {
        Dataset data = Dataset.FromLabels(new float[4], 2, [2, 7]).Take(1);
        Assert.Single(new LinearClassifier().Fit(data));
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void ALossThatIsNoNumberEndsTrainingBeforeItsStep(float loss, string text)
    {
        float[] expected = ParametersAfter(steps: 5);
        var network = new LinearClassifier { FalseLoss = (5, loss) };
        var recorder = new Recorder();
        var fault = Assert.Throws<TrainingDivergedException>(() => network.Fit(Labelled, Options(recorder)));
        Assert.Equal(
            $"The loss became {text} in epoch 2, step 2 of 4; that step was not applied. " +
            "Try a lower learning rate (it is 0.25) or smaller input values.",
            fault.Message);
        Assert.Equal((2, 2, (double)loss), (fault.Epoch, fault.Step, fault.Loss));
        Assert.Equal(1, Assert.Single(fault.History).Epoch);
        Assert.Equal(expected, network.Parameters.ToArray());
        Assert.Equal(["step 1/4 of 2", "stopped"], recorder.Events[^2..]);
    }

    [Fact]
    public void ValuesThatAreNoNumbersAreNamed()
    {
        float[] inputs = new float[20];
        inputs[13] = float.NaN;
        var network = new LinearClassifier();
        Dataset labelled = Dataset.FromLabels(inputs, 2, new int[10]);
        var fault = Assert.Throws<TrainingDivergedException>(() => network.Fit(labelled, new FitOptions { BatchSize = 3 }));
        Assert.EndsWith("that step was not applied. Input value 1 of sample 6 is NaN.", fault.Message);

        Dataset targets = Dataset.FromTargets(new float[6], 2, [0, float.NegativeInfinity, 0], 1);
        fault = Assert.Throws<TrainingDivergedException>(() => new LinearRegression().Fit(targets));
        Assert.EndsWith("Target 0 of sample 1 is -Infinity.", fault.Message);
    }

    [Fact]
    public void ARateThatIsTooHighIsFoundOut()
    {
        var network = new LinearRegression();
        var fault = Assert.Throws<TrainingDivergedException>(() => network.Fit(
            LinearRegression.Plane(100, 1), new FitOptions { Epochs = 1000, Optimizer = new Sgd(100) }));
        Assert.EndsWith("Try a lower learning rate (it is 100) or smaller input values.", fault.Message);
        Assert.Equal(TrainingWarningKind.LossIncrease, Assert.Single(fault.History.Warnings).Kind);
        Assert.All(network.Parameters.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void AGradientThatOverflowsInTheLastStepIsNotApplied()
    {
        // The loss, 1e28, is a float; the gradient, -2e39, is none.
        var network = new LinearRegression();
        Dataset data = Dataset.FromTargets([1e25f, 0], 2, [1e14f], 1);
        var fault = Assert.Throws<TrainingDivergedException>(() => network.Fit(data, new FitOptions { Epochs = 1, Optimizer = new Sgd(0.5f) }));
        Assert.Equal(
            "A gradient became -Infinity in epoch 1, step 1 of 1; that step was not applied. " +
            "Try a lower learning rate (it is 0.5) or smaller input values.",
            fault.Message);
        Assert.True(double.IsFinite(fault.Loss));
        Assert.All(network.Parameters.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void CancellationStopsBetweenSteps()
    {
        float[] expected = ParametersAfter(steps: 6);
        using var source = new CancellationTokenSource();
        var recorder = new Recorder(step =>
        {
            if (step is { Epoch: 2, Step: 2 })
                source.Cancel();
        });
        var network = new LinearClassifier();
        var fault = Assert.Throws<TrainingCanceledException>(() => network.Fit(Labelled, Options(recorder, source.Token)));
        Assert.Equal("Training was canceled in epoch 2 after 2 of its steps; the network is as that step left it.", fault.Message);
        Assert.Equal(source.Token, fault.CancellationToken);
        Assert.Equal((2, 2), (fault.Epoch, fault.CompletedSteps));
        Assert.Equal(1, Assert.Single(fault.History).Epoch);
        Assert.Equal(expected, network.Parameters.ToArray());
        Assert.Equal(["step 2/4 of 2", "stopped"], recorder.Events[^2..]);
    }

    [Fact]
    public void CancellationBeforeTheFirstStepChangesNothing()
    {
        var network = new LinearClassifier();
        var token = new CancellationToken(canceled: true);
        Assert.Empty(Assert.Throws<TrainingCanceledException>(() => network.Fit(Labelled, Options(new Recorder(), token))).History);
        Assert.Empty(network.Losses);
        Assert.All(network.Parameters.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void CancellationStopsValidation()
    {
        using var source = new CancellationTokenSource();
        var network = new LinearClassifier { OnPredict = source.Cancel };
        var fault = Assert.Throws<TrainingCanceledException>(() => network.Fit(Labelled, new FitOptions
        {
            BatchSize = 3,
            Validation = LinearClassifier.Corners(1000, 1),
            CancellationToken = source.Token,
        }));
        Assert.Single(network.PredictedBatches);
        Assert.Empty(fault.History);
        Assert.StartsWith("Training was canceled in epoch 1 after 4 of its steps", fault.Message);
    }

    [Fact]
    public async Task ACancelledTrainingIsACancelledTask()
    {
        using var source = new CancellationTokenSource();
        var options = new FitOptions { Epochs = int.MaxValue, CancellationToken = source.Token, Progress = new Recorder(_ => source.Cancel()) };
        Task<TrainingHistory> task = Task.Run(() => new LinearClassifier().Fit(Labelled, options), CancellationToken.None);
        await Assert.ThrowsAsync<TrainingCanceledException>(() => task);
        var chained = Task.Run(() => new LinearClassifier().Fit(Labelled, options), source.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => chained);
        Assert.True(chained.IsCanceled);
    }

    private static Dataset Labelled => FitTests.Ten.Data;

    private static FitOptions Options(TrainingProgress progress, CancellationToken token = default) => new()
    {
        Epochs = 3,
        BatchSize = 3,
        Optimizer = new Sgd(0.25f),
        Progress = progress,
        CancellationToken = token,
    };

    /// <summary>The parameters as an undisturbed training has them after some steps.</summary>
    private static float[] ParametersAfter(int steps)
    {
        var network = new LinearClassifier();
        float[] parameters = [];
        network.Fit(Labelled, Options(new Recorder(_ =>
        {
            if (--steps == 0)
                parameters = network.Parameters.ToArray();
        })));
        return parameters;
    }

    private static void AssertRefused<TNet>(string message, Dataset data)
        where TNet : class, INetwork<TNet>, new()
    {
        var network = new TNet();
        AssertMessage($"{message} (Parameter 'train')", () => network.Fit(data));
        AssertMessage($"{message} (Parameter 'data')", () => network.Evaluate(data));
        Dataset suitable = TNet.Loss == Loss.CrossEntropy ? Labelled : LinearRegression.Plane(3, 1);
        AssertMessage($"FitOptions.Validation: {message} (Parameter 'options')", () => network.Fit(suitable, new FitOptions { Validation = data }));
        Assert.All(network.Parameters.ToArray(), value => Assert.Equal(0, value));
    }

    private static void AssertMessage(string message, Func<object> action) =>
        Assert.Equal(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
