using NetGen.Tests.Data;
using NetGen.Tests.Display;

using Xunit;

namespace NetGen.Tests.Training;

/// <summary>What options and results say of themselves.</summary>
public class ResultTextTests
{
    [Fact]
    public void AStepIsALine() => HostileCulture.Run(() => Assert.Equal(
        "epoch: 3 - step: 12/40 - 1:05 - loss: 0.2500 - accuracy: 0.5000",
        new StepResult { Epoch = 3, Step = 12, Steps = 40, Loss = 0.25, Accuracy = 0.5, Elapsed = TimeSpan.FromSeconds(65) }.ToString()));

    [Fact]
    public void AnEpochIsALine() => HostileCulture.Run(() =>
    {
        Assert.Equal(
            "epoch: 3 - 24s - loss: 0.1235 - accuracy: 0.9633 - val_loss: 1.2340e+06 - val_accuracy: 0.9857",
            new EpochResult
            {
                Epoch = 3,
                Loss = 0.12345,
                Accuracy = 0.9633,
                ValidationLoss = 1.234e6,
                ValidationAccuracy = 0.9857,
                Duration = TimeSpan.FromSeconds(23.5),
            }.ToString());
        Assert.Equal("epoch: 1 - 0s - loss: NaN", new EpochResult { Epoch = 1, Loss = double.NaN }.ToString());
    });

    [Fact]
    public void OptionsSayWhatIsSet() => HostileCulture.Run(() =>
    {
        Assert.StartsWith("FitOptions { Epochs = 1, BatchSize = 32", new FitOptions().ToString());
        Assert.Equal(
            "FitOptions { Epochs = 12, BatchSize = 64, Optimizer = Sgd { LearningRate = 0.5, Momentum = 0, Nesterov = False, " +
            "WeightDecay = 0 }, Schedule = set, Validation = 3 samples of 2 values, 3 classes, Shuffle = False, Seed = 7, " +
            "Threads = 2, Progress = Recorder }",
            new FitOptions
            {
                Epochs = 12,
                BatchSize = 64,
                Optimizer = new Sgd(0.5f),
                Schedule = _ => 0.1f,
                Validation = Dataset.FromLabels(new float[6], 2, [0, 1, 2]),
                Shuffle = false,
                Seed = 7,
                Threads = 2,
                Progress = new Recorder(),
            }.ToString());
    });

    [Fact]
    public void AHistoryIsATable()
    {
        string[] lines = Lines.Fit(History(3).ToString(80), 80);
        Assert.Equal("┃ Epoch ┃ Time ┃   Loss ┃ Accuracy ┃ Val. loss ┃ Val. accuracy ┃", lines[1]);
        Assert.StartsWith("│     1 │   0s │ ", lines[3]);
        Assert.Equal(7, lines.Length);

        // The time, then the accuracies.
        Assert.Equal("┃ Epoch ┃   Loss ┃ Val. loss ┃", Lines.Fit(History(3).ToString(40), 40)[1]);
        Assert.Equal("┃ Epoch ┃   Loss ┃ Val. loss ┃ Val. accuracy ┃", Lines.Fit(History(3).ToString(50), 50)[1]);
        Assert.Throws<ArgumentOutOfRangeException>("width", () => History(1).ToString(0));
    }

    [Fact]
    public void OfManyEpochsTheFirstAndTheLastAreShown()
    {
        string[] lines = Lines.Fit(History(100).ToString(120), 120);
        Assert.Equal(
            ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "…", "91", "92", "93", "94", "95", "96", "97", "98", "99", "100"],
            lines[3..^1].Select(line => line.Split('│')[1].Trim()));
        Assert.Equal(20 + 4, Lines.Fit(History(20).ToString(120), 120).Length);
    }

    [Fact]
    public void AHistoryOfNothingSaysSo()
    {
        var token = new CancellationToken(canceled: true);
        var fault = Assert.Throws<TrainingCanceledException>(
            () => new LinearClassifier().Fit(FitTests.Ten.Data, new FitOptions { CancellationToken = token }));
        Assert.Equal("no epoch completed\n", fault.History.ToString());
    }

    private static TrainingHistory History(int epochs) => new LinearClassifier().Fit(
        FitTests.Ten.Data, new FitOptions { Epochs = epochs, Validation = FitTests.Ten.Data, Optimizer = new Sgd(0.01f) });
}
