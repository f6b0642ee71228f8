using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Fitting;

/// <summary>Metrics of epochs and of evaluations.</summary>
public class FitMetricsTests
{
    private static readonly Dataset Images = FitData.Images(60, 1);
    private static readonly Dataset Validation = FitData.Images(40, 2);

    [Fact]
    public void EachEpochHasTheMetricsOfItsSamplesAndOfTheValidationSet()
    {
        var network = new ImageNet(1);
        var last = new List<(string, double)>();
        TrainingHistory history = network.Fit(Images, new FitOptions
        {
            Epochs = 4,
            BatchSize = 16,
            Validation = new ListSource(Validation),
            Metrics = [new Accuracy(), new F1Score(), new TopKAccuracy(4)],
        });
        foreach (EpochResult epoch in history)
        {
            Assert.Equal(epoch.Accuracy!.Value, epoch.Metrics["accuracy"], 1e-12);
            Assert.Equal(epoch.ValidationAccuracy!.Value, epoch.ValidationMetrics["accuracy"], 1e-12);
            Assert.Equal(1, epoch.Metrics["top_4_accuracy"]);
        }

        EvaluationResult result = network.Evaluate(Validation, metrics: [new F1Score(), new RocAuc()]);
        Assert.Equal(history[^1].ValidationMetrics["f1"], result.Metrics["f1"]);
        Assert.Equal(result.ConfusionMatrix!.F1(Averaging.Macro), result.Metrics["f1"], 1e-12);
        Assert.InRange(result.Metrics["auc"], 0, 1);
        Assert.Contains(" - f1: ", history[^1].ToString());
        Assert.Contains(" - val_top_4_accuracy: ", history[^1].ToString());
        Assert.Contains(" - auc: ", result.ToString());
    }

    [Fact]
    public void MetricsOfARegressionCompareOutputsWithTargets()
    {
        Dataset data = FitData.Curve(30, 1);
        var network = new CurveNet(1);
        EvaluationResult result = network.Evaluate(data, batchSize: 7, metrics: [new RootMeanSquaredError(), new MeanAbsoluteError(), new R2Score()]);
        float[] outputs = network.Predict(data);
        double absolute = Enumerable.Range(0, 60).Average(i => Math.Abs(outputs[i] - (double)data.Target(i / 2)[i % 2]));
        Assert.Equal(absolute, result.Metrics["mean_absolute_error"], 1e-12);
        Assert.Equal(Math.Sqrt(result.Loss), result.Metrics["root_mean_squared_error"], 1e-6);
        Assert.InRange(result.Metrics["r2_score"], double.NegativeInfinity, 1);
    }

    [Fact]
    public void CallbacksMonitorMetrics()
    {
        var stopping = new EarlyStopping("val_f1") { Patience = 100 };
        TrainingHistory history = new ImageNet(1).Fit(Images, new FitOptions
        {
            Epochs = 5, Validation = Validation, Metrics = [new F1Score()], Callbacks = [stopping],
        });
        Assert.Equal(history.Max(epoch => epoch.ValidationMetrics["f1"]), stopping.Best);
        var error = new EarlyStopping("root_mean_squared_error") { Patience = 100 };
        history = new CurveNet(1).Fit(FitData.Curve(30, 1), new FitOptions { Epochs = 5, Metrics = [new RootMeanSquaredError()], Callbacks = [error] });
        Assert.Equal(history.Min(epoch => epoch.Metrics["root_mean_squared_error"]), error.Best);
    }

    [Fact]
    public void MetricsAreChecked()
    {
        Assert.StartsWith(
            "Each metric needs a name of its own, but 'f1' is the name of two values; set the Name of one.",
            Assert.Throws<ArgumentException>(() => new FitOptions { Metrics = [new F1Score(), new F1Score()] }).Message);
        Assert.StartsWith("Metrics must not contain null.", Assert.Throws<ArgumentException>(() => new FitOptions { Metrics = [null!] }).Message);
        Assert.StartsWith(
            "The metric f1 needs class probabilities, but the network is a regression.",
            Assert.Throws<ArgumentException>(() => new CurveNet(1).Fit(FitData.Curve(3, 1), new FitOptions { Metrics = [new F1Score()] })).Message);
    }

    [Fact]
    public void AMetricThatKeepsNoStateIsNaNForTheEpochInWhichTrainingResumed()
    {
        string folder = Directory.CreateTempSubdirectory("netgen-metrics-").FullName;
        try
        {
            TrainingHistory whole = Train(null);
            TrainingHistory resumed = Train(Path.Combine(folder, "checkpoint-0000000006.safetensors"));
            Assert.Equal([1, 1, 1], whole.Select(epoch => epoch.Metrics["one"]));
            Assert.Equal([1, double.NaN, 1], resumed.Select(epoch => epoch.Metrics["one"]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        TrainingHistory Train(string? resumeFrom) => new ImageNet(1).Fit(Images, new FitOptions
        {
            Epochs = 3,
            BatchSize = 16,
            Metrics = [new One()],
            Callbacks = resumeFrom is null ? [new Checkpoints(folder) { EverySteps = 1, Keep = 100 }] : [],
            ResumeFrom = resumeFrom,
        });
    }

    private sealed class One() : Metric("one", higherIsBetter: true)
    {
        protected override MetricState CreateState(MetricContext context) => new State(context);

        private sealed class State(MetricContext context) : MetricState(context)
        {
            protected override void AddSamples(MetricBatch batch)
            {
            }

            protected override double Compute() => 1;

            protected override void Clear()
            {
            }
        }
    }
}
