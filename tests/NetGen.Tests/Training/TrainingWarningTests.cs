using NetGen.Tests.Bytes;
using Xunit;

namespace NetGen.Tests.Training;

/// <summary>Each warning is provoked, and not given just below its limit.</summary>
public class TrainingWarningTests
{
    [Theory]
    [InlineData(255, 1)]
    [InlineData(-20.01f, 1)]
    [InlineData(20, 0)]
    [InlineData(-20, 0)]
    public void InputsBeyond20AreLarge(float value, int warnings)
    {
        float[] inputs = [0, 1, 0, 1, 1, value];
        TrainingHistory history = new LinearClassifier().Fit(
            Dataset.FromLabels(inputs, 2, [0, 1, 2]), new FitOptions { Shuffle = false, Epochs = 3 });
        Assert.Equal(warnings, history.Warnings.Count);
        if (warnings == 0)
            return;
        TrainingWarning warning = history.Warnings[0];
        Assert.Equal((TrainingWarningKind.LargeInputs, 1), (warning.Kind, warning.Epoch));
        Assert.Equal(
            FormattableString.Invariant($"The inputs are large: value 1 of sample 2 is {value}. Networks learn best from inputs between about ") +
            "-1 and 1: divide pixels by 255, and other values by their standard deviation after subtracting their mean.",
            warning.Message);
        Assert.Equal(warning.Message, warning.ToString());
    }

    [Fact]
    public void InputsThatTheNetworkScalesMayBeLarge()
    {
        float[] inputs = [.. Enumerable.Range(0, 10 * ByteImage.InputLength).Select(i => (float)(i % 256))];
        Assert.Empty(new ByteImage(1).Fit(Dataset.FromLabels(inputs, ByteImage.InputLength, [.. Enumerable.Range(0, 10).Select(i => i % 4)])).Warnings);
    }

    [Fact]
    public void BytesThatTheNetworkDoesNotScaleAreLarge()
    {
        byte[] inputs = [.. Enumerable.Range(0, 10 * ByteDense.InputLength).Select(i => (byte)i)];
        int[] labels = [.. Enumerable.Range(0, 10).Select(i => i % 5)];
        TrainingHistory history = new ByteDense(1).Fit(Dataset.FromLabels(inputs, ByteDense.InputLength, labels));
        Assert.Contains("let the network begin with Rescale(1 / 255.0) or Normalization.", Assert.Single(history.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyTheInputsOfTheFirstBatchAreLookedAt()
    {
        float[] inputs = [0, 1, 0, 1, 255, 1];
        Dataset data = Dataset.FromLabels(inputs, 2, [0, 1, 2]);
        Assert.Empty(new LinearClassifier().Fit(data, new FitOptions { Shuffle = false, BatchSize = 2 }).Warnings);
    }

    [Theory]
    [InlineData(110, 1)]
    [InlineData(109, 0)]
    public void ALossOf100TimesTheFirstIsAnIncrease(float loss, int warnings)
    {
        // The first loss is log 3 = 1.0986, because all parameters are 0.
        var network = new LinearClassifier { FalseLoss = (3, loss) };
        var recorder = new Recorder();
        TrainingHistory history = network.Fit(
            FitTests.Ten.Data, new FitOptions { Epochs = 2, BatchSize = 4, Optimizer = new Sgd(0.125f), Progress = recorder });
        Assert.Equal(warnings, history.Warnings.Count);
        if (warnings == 0)
            return;
        Assert.Equal((TrainingWarningKind.LossIncrease, 2), (history.Warnings[0].Kind, history.Warnings[0].Epoch));
        Assert.Equal(
            "The loss has grown from 1.099 in the first batch to 110. The learning rate (0.125) is probably too high: try a tenth of it. " +
            "Large inputs or targets have the same effect; scale them.",
            history.Warnings[0].Message);
        Assert.Equal(["end 1", "start 2/2, 3 steps", "warned of LossIncrease", "step 1/3 of 2"], recorder.Events[4..8]);
    }

    [Fact]
    public void ALossBelowThatOfAnUntrainedNetworkIsNoIncrease()
    {
        // The network is good from the start: its first loss is 2e-9, and 1 is still better than log 3.
        float[] weights = [0, 0, 20, 0, 0, 20, 0, 0, 0];
        var network = new LinearClassifier { FalseLoss = (1, 1) };
        network.SetAll(weights);
        Dataset data = Dataset.FromLabels([1, 0, 0, 1, 1, 0, 0, 1], 2, [1, 2, 1, 2]);
        Assert.Empty(network.Fit(data, new FitOptions { BatchSize = 1, Shuffle = false }).Warnings);
        Assert.InRange(network.Losses[0], 0, 1e-6f);

        var regression = new LinearRegression { FalseLoss = (1, 3.9f) };
        Dataset values = Dataset.FromTargets(new float[4], 2, [0.01f, 2], 1);
        Assert.Empty(regression.Fit(values, new FitOptions { BatchSize = 1, Shuffle = false }).Warnings);
        regression = new LinearRegression { FalseLoss = (1, 4.1f) };
        Assert.Single(regression.Fit(values, new FitOptions { BatchSize = 1, Shuffle = false }).Warnings);
    }

    [Fact]
    public void ABatchWithoutASampleThatCountsIsNoFirstLoss()
    {
        Dataset data = Dataset.FromLabels([1, 0, 0, 1, 1, 0, 0, 1], 2, [1, 2, 1, 2]).WithWeights(new float[] { 0, 1, 1, 1 });
        var network = new LinearClassifier { FalseLoss = (0, 0) };
        network.SetAll([0, 0, 0, 0, 0, 0, 5, 0, 0]);
        Assert.Empty(network.Fit(data, new FitOptions { BatchSize = 1, Shuffle = false, Optimizer = new Sgd(0) }).Warnings);
    }

    [Fact]
    public void OneClassForAllSamplesIsReportedOnce()
    {
        var recorder = new Recorder();
        TrainingHistory history = new LinearClassifier().Fit(
            LinearClassifier.Corners(300, 1), new FitOptions { Epochs = 3, Optimizer = new Sgd(0), Progress = recorder });
        TrainingWarning warning = Assert.Single(history.Warnings);
        Assert.Equal((TrainingWarningKind.OneClass, 1), (warning.Kind, warning.Epoch));
        Assert.Equal(
            "The network predicted class 0 for all 300 samples of the epoch, which belong to several classes. Try another learning rate (a lower " +
            "one if the loss jumps, a higher one if it stands still) and inputs between about -1 and 1; check that no class has nearly all of the samples.",
            warning.Message);
        Assert.Equal(["end 1", "warned of OneClass", "start 2/3, 10 steps"], recorder.Events[11..14]);
    }

    [Fact]
    public void OneClassIsNoFaultWhereThereIsNoOther()
    {
        Dataset data = Dataset.FromLabels(new float[600], 2, new int[300]);
        Assert.Empty(new LinearClassifier().Fit(data, new FitOptions { Optimizer = new Sgd(0) }).Warnings);
    }

    [Fact]
    public void OnePredictionOfAnotherClassIsEnough()
    {
        float[] inputs = new float[600];
        inputs[^1] = 1;
        int[] labels = new int[300];
        labels[0] = 1;
        var network = new LinearClassifier();
        network.SetAll([0, 0, 0, 0, 0, 1, 0, 0, 0]);
        Assert.Empty(network.Fit(Dataset.FromLabels(inputs, 2, labels), new FitOptions { Optimizer = new Sgd(0) }).Warnings);
        network.SetAll(new float[9]);
        Assert.Single(network.Fit(Dataset.FromLabels(inputs, 2, labels), new FitOptions { Optimizer = new Sgd(0) }).Warnings);
    }

    [Fact]
    public void AfterAFewStepsOneClassMeansNothing()
    {
        static TrainingHistory Fit(int batchSize) => new LinearClassifier().Fit(
            LinearClassifier.Corners(100, 1), new FitOptions { BatchSize = batchSize, Optimizer = new Sgd(0) });
        Assert.Empty(Fit(12).Warnings);
        Assert.Single(Fit(10).Warnings);
    }

    [Fact]
    public void OneClassForAFewSamplesMeansNothing()
    {
        static TrainingHistory Fit(int samples) => new LinearClassifier().Fit(
            LinearClassifier.Corners(samples, 1), new FitOptions { BatchSize = 1, Optimizer = new Sgd(0) });
        Assert.Empty(Fit(49).Warnings);
        Assert.Single(Fit(50).Warnings);
    }

    [Theory]
    [InlineData(6, 1)]
    [InlineData(5, 0)]
    [InlineData(9, 1)]
    public void AValidationLossThatRisesForFiveEpochsIsOverfitting(int epochs, int warnings)
    {
        // What is learnt is the opposite of what is asked for.
        TrainingHistory history = new LinearRegression().Fit(Line(1), new FitOptions
        {
            Epochs = epochs,
            Optimizer = new Sgd(0.01f),
            Validation = Line(-1),
        });
        Assert.Equal(warnings, history.Warnings.Count);
        if (warnings == 0)
            return;
        Assert.Equal((TrainingWarningKind.Overfitting, 6), (history.Warnings[0].Kind, history.Warnings[0].Epoch));
        string from = FormattableString.Invariant($"{history[0].ValidationLoss:G4} to {history[5].ValidationLoss:G4}");
        string fell = FormattableString.Invariant($"{history[0].Loss:G4} to {history[5].Loss:G4}");
        Assert.Equal(
            $"The validation loss has risen for 5 epochs, from {from}, while the training loss fell from {fell}: the network learns its " +
            "samples by heart. Use dropout, a smaller network or more samples, or stop after epoch 1.",
            history.Warnings[0].Message);
    }

    [Fact]
    public void WhereTheTrainingLossRisesTooThereIsNoOverfitting()
    {
        // Adding to the parameters what should be taken away: both losses rise.
        TrainingHistory history = new LinearRegression().Fit(Line(1), new FitOptions
        {
            Epochs = 10,
            Optimizer = new Climbing(0.01f),
            Validation = Line(1),
        });
        Assert.True(history[^1].ValidationLoss > history[0].ValidationLoss && history[^1].Loss > history[0].Loss);
        Assert.Empty(history.Warnings);
    }

    private static Dataset Line(float slope) => Dataset.FromTargets([1, 0, 2, 0, 3, 0], 2, [slope, 2 * slope, 3 * slope], 1);

    private sealed class Climbing(float rate) : Optimizer(rate)
    {
        protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradients, int offset, double learningRate)
        {
            for (int i = 0; i < parameters.Length; i++)
                parameters[i] += (float)learningRate * gradients[i];
        }
    }
}
