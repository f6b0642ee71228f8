using System.Globalization;
using System.Text.Json;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Fitting;

/// <summary>Callbacks that watch a value: early stopping, and a learning rate that falls on a plateau.</summary>
public class StoppingTests
{
    private static readonly Dataset Data = FitData.Curve(60, 1);
    private static readonly Dataset Validation = FitData.Curve(30, 2);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void TrainingStopsWithTheBestWeights(int patience)
    {
        var best = new List<float[]>();
        var stopping = new EarlyStopping { Patience = patience };
        var network = new CurveNet(1);
        TrainingHistory history = network.Fit(Data, new FitOptions
        {
            Epochs = 500,
            BatchSize = 20,
            Optimizer = new Adam(0.03f),
            Validation = Validation,
            Callbacks = [stopping, new EventList { OnEpoch = training => best.Add(training.Network.Parameters.ToArray()) }],
        });
        double[] losses = [.. history.Select(epoch => epoch.ValidationLoss!.Value)];
        int bestIndex = Array.IndexOf(losses, losses.Min());
        Assert.InRange(history.Count, 2, 499);
        Assert.Equal(bestIndex + 1 + patience, history.Count);
        Assert.Equal((bestIndex + 1, losses[bestIndex]), (stopping.BestEpoch, stopping.Best));
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"val_loss has not improved for {patience} epochs; the best val_loss was {losses[bestIndex]:G6} in epoch {bestIndex + 1}."),
            history.StopReason);
        Close.SameBits("parameters", best[bestIndex], network.Parameters);
        Assert.Equal(losses[bestIndex], network.Evaluate(Validation).Loss, 1e-9);
    }

    [Fact]
    public void WeightsCanStayAsTheLastStepLeftThem()
    {
        var last = Array.Empty<float>();
        var network = new CurveNet(1);
        network.Fit(Data, new FitOptions
        {
            Epochs = 500,
            BatchSize = 20,
            Optimizer = new Adam(0.03f),
            Validation = Validation,
            Callbacks = [new EarlyStopping { RestoreBestWeights = false }, new EventList { OnEpoch = training => last = training.Network.Parameters.ToArray() }],
        });
        Close.SameBits("parameters", last, network.Parameters);
    }

    [Fact]
    public void TheBestWeightsComeBackWhenAllEpochsAreDone()
    {
        var stopping = new EarlyStopping("accuracy") { Patience = 100 };
        var network = new ImageNet(1);
        float[] best = [];
        network.Fit(FitData.Images(50, 1), new FitOptions
        {
            Epochs = 8,
            Optimizer = new Sgd(0.2f),
            Callbacks = [stopping, new EventList { OnEpoch = training => best = stopping.BestEpoch == training.Epoch ? training.Network.Parameters.ToArray() : best }],
        });
        Close.SameBits("parameters", best, network.Parameters);
    }

    [Fact]
    public void SmallImprovementsDoNotCount()
    {
        TrainingHistory history = new CurveNet(1).Fit(Data, new FitOptions
        {
            Epochs = 50,
            Optimizer = new Sgd(1e-4f),
            Callbacks = [new EarlyStopping("loss") { MinDelta = 0.5, Patience = 4 }],
        });
        Assert.Equal(5, history.Count);
    }

    [Fact]
    public void WhatATrainingDoesNotHaveCannotBeMonitored()
    {
        AssertRefused("EarlyStopping monitors 'val_loss', but FitOptions.Validation is not set.", new EarlyStopping());
        AssertRefused("EarlyStopping monitors 'accuracy', but this training has loss.", new EarlyStopping("accuracy"));
        AssertRefused("ReduceLearningRateOnPlateau monitors 'f1', but this training has loss.", new ReduceLearningRateOnPlateau("f1"));
        AssertRefused("Checkpoints monitors 'val_loss', but FitOptions.Validation is not set.", new Checkpoints(Path.Combine(Path.GetTempPath(), "netgen-none")) { BestOnly = "val_loss" });
        AssertRefused(
            "ReduceLearningRateOnPlateau and FitOptions.Schedule would both set the learning rate; use one of them.",
            new ReduceLearningRateOnPlateau("loss"), Schedules.Constant(0.1f));

        static void AssertRefused(string message, TrainingCallback callback, LearningRateSchedule? schedule = null) => Assert.Equal(
            message,
            Assert.Throws<InvalidOperationException>(() => new CurveNet(1).Fit(Data, new FitOptions { Callbacks = [callback], Schedule = schedule })).Message);
    }

    [Fact]
    public void SettingsAreChecked()
    {
        Assert.StartsWith("Patience must be at least 1, but got 0.", Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping { Patience = 0 }).Message);
        Assert.StartsWith("MinDelta must be finite", Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping { MinDelta = double.NaN }).Message);
        Assert.StartsWith("Factor must be between 0 and 1", Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLearningRateOnPlateau { Factor = 1 }).Message);
        Assert.StartsWith("Keep must be at least 1, but got 0.", Assert.Throws<ArgumentOutOfRangeException>(() => new Checkpoints("x") { Keep = 0 }).Message);
    }

    /// <summary>The rates of <c>torch.optim.lr_scheduler.ReduceLROnPlateau</c>, in the fixture of <c>make_schedules.py</c>.</summary>
    [Theory]
    [InlineData("default")]
    [InlineData("max, cooldown")]
    [InlineData("minimum")]
    public void APlateauLowersTheRateAsInPyTorch(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "fixtures", "plateau.json");
        JsonElement fixture = JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty(name);
        float[] values = [.. fixture.GetProperty("values").EnumerateArray().Select(value => value.GetSingle())];
        double[] expected = [.. fixture.GetProperty("rates").EnumerateArray().Select(value => value.GetDouble())];
        bool higherIsBetter = fixture.GetProperty("mode").GetString() == "max";
        var plateau = new ReduceLearningRateOnPlateau("loss", higherIsBetter)
        {
            Factor = fixture.GetProperty("factor").GetDouble(),
            Patience = fixture.GetProperty("patience").GetInt32(),
            Threshold = fixture.GetProperty("threshold").GetDouble(),
            Cooldown = fixture.GetProperty("cooldown").GetInt32(),
            Minimum = fixture.GetProperty("min_lr").GetDouble(),
        };
        var network = new PlaneNet(1);
        var optimizer = new Sgd(0.1f);
        var training = new TrainingContext(network, optimizer, new FitOptions { Epochs = values.Length }, new TrainingHistory(), steps: 1);
        plateau.TrainingStarted(training);
        for (int i = 0; i < values.Length; i++)
        {
            plateau.EpochCompleted(training, new EpochResult { Epoch = i + 1, Loss = values[i] });
            Assert.Equal((float)expected[i], optimizer.LearningRate);
        }

        Assert.True(expected.Distinct().Count() > 2);
    }
}
