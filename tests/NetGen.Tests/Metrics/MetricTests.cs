using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Metrics;

/// <summary>Names, settings, unsuitable networks and unusual samples.</summary>
public class MetricTests
{
    private const float NaN = float.NaN;

    private static readonly MetricContext Three = new(3, 3, 100);
    private static readonly MetricContext Two = new(2, 2, 100);
    private static readonly MetricContext Score = new(1, 2, 100);
    private static readonly MetricContext Regression = new(2, 0, 100);

    [Fact]
    public void NamesAreKeys() => Assert.Equal(
        [
            "accuracy", "top_3_accuracy", "auc",
            "precision", "precision_micro", "precision_weighted", "precision_class_2",
            "recall", "recall_micro", "recall_weighted", "recall_class_0",
            "f1", "f1_micro", "f1_weighted", "f1_class_11",
            "mean_absolute_error", "root_mean_squared_error", "r2_score", "rare", "binary_accuracy",
        ],
        new Metric[]
        {
            new Accuracy(), new TopKAccuracy(3), new RocAuc(),
            new Precision(), new Precision(Averaging.Micro), new Precision(Averaging.Weighted), new Precision(2),
            new Recall(), new Recall(Averaging.Micro), new Recall(Averaging.Weighted), new Recall(0),
            new F1Score(), new F1Score(Averaging.Micro), new F1Score(Averaging.Weighted), new F1Score(11),
            new MeanAbsoluteError(), new RootMeanSquaredError(), new R2Score(), new F1Score(1) { Name = "rare" }, new BinaryAccuracy(0.3f),
        }.Select(metric => metric.ToString()));

    [Fact]
    public void ErrorsAreBetterWhenLower()
    {
        Assert.All([new MeanAbsoluteError(), new RootMeanSquaredError()], (Metric metric) => Assert.False(metric.HigherIsBetter));
        Assert.All(
            [new Accuracy(), new TopKAccuracy(1), new RocAuc(), new Precision(), new Recall(), new F1Score(), new R2Score()],
            (Metric metric) => Assert.True(metric.HigherIsBetter));
    }

    [Fact]
    public void SettingsAreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>("k", () => new TopKAccuracy(0));
        Assert.Throws<ArgumentOutOfRangeException>("threshold", () => new BinaryAccuracy(1.5f));
        Assert.Throws<ArgumentOutOfRangeException>("threshold", () => new BinaryAccuracy(NaN));
        Assert.Throws<ArgumentOutOfRangeException>("classIndex", () => new Recall(-1));
        Assert.Throws<ArgumentOutOfRangeException>("averaging", () => new F1Score((Averaging)3));
        Assert.Throws<ArgumentException>("value", () => new Accuracy { Name = " " });
        Assert.Throws<ArgumentOutOfRangeException>("outputLength", () => new MetricContext(0, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("classes", () => new MetricContext(3, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>("classes", () => new MetricContext(2, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("maxSamples", () => new MetricContext(3, 3, 0));
    }

    [Fact]
    public void BinaryAccuracyCountsSingleOutputs()
    {
        MetricState state = new BinaryAccuracy().Begin(Regression);
        state.Add(new MetricBatch(Regression, [0.5f, 0.6f, 0.1f, NaN], [1f, 1f, 0f, 0f]));
        Assert.Equal(0.5, state.Value);
        state = new BinaryAccuracy(0.3f).Begin(Score);
        state.Add(new MetricBatch(Score, [0.4f, 0.2f, 0.3f], new[] { 1, 1, 0 }));
        state.Add(new MetricBatch(Score, [0.35f], new[] { 0 }));
        Assert.Equal(0.5, state.Value);
        Assert.Equal(
            "The metric binary_accuracy compares single outputs with a threshold, but those of the network are the probabilities of exclusive classes; use Accuracy.",
            Fault(new BinaryAccuracy(), Three));
    }

    [Fact]
    public void UnsuitableNetworksAreNamed()
    {
        Assert.Equal("The metric auc needs class probabilities, but the network is a regression.", Fault(new RocAuc(), Regression));
        Assert.Equal("The metric auc needs at least 2 classes, but the network has 1.", Fault(new RocAuc(), new MetricContext(1, 1, 9)));
        Assert.Equal("The metric accuracy needs class probabilities, but the network is a regression.", Fault(new Accuracy(), Regression));
        Assert.Equal("The metric f1 needs class probabilities, but the network is a regression.", Fault(new F1Score(), Regression));
        Assert.Equal(
            "The metric recall_class_3 is that of class 3, but the network has 3 classes.", Fault(new Recall(3), Three));
        Assert.Equal(
            "The metric top_2_accuracy needs class probabilities, but the network is a regression.", Fault(new TopKAccuracy(2), Regression));
        Assert.Equal("The metric top_4_accuracy needs at least 4 classes, but the network has 3.", Fault(new TopKAccuracy(4), Three));
        Assert.Equal(
            "The metric top_1_accuracy needs an output for each class, but the network has 1 for 2 classes.",
            Fault(new TopKAccuracy(1), Score));
        foreach (Metric metric in new Metric[] { new MeanAbsoluteError(), new RootMeanSquaredError(), new R2Score() })
        {
            Assert.Equal(
                $"The metric {metric.Name} compares the outputs of a regression with targets, but the network is a classifier.",
                Fault(metric, Three));
        }

        Assert.Throws<ArgumentNullException>("context", () => new Accuracy().Begin(null!));
    }

    [Fact]
    public void BatchesAreChecked()
    {
        Assert.Throws<ArgumentException>("labels", () => new MetricBatch(Regression, new float[2], [0]));
        Assert.Throws<ArgumentException>("outputs", () => new MetricBatch(Three, new float[4], [0]));
        Assert.Throws<ArgumentException>("outputs", () => new MetricBatch(Three, new float[4], new float[4]));
        Assert.Throws<ArgumentException>("targets", () => new MetricBatch(Three, new float[3], new float[6]));
        var fault = Assert.Throws<ArgumentException>("labels", () => new MetricBatch(Three, new float[6], [2, 3]));
        Assert.StartsWith("The label of sample 1 is 3; labels must be 0 to 2.", fault.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new MetricBatch(Three, new float[3], [0]).Target(0).Length);
        Assert.Throws<InvalidOperationException>(() => new MetricBatch(Three, new float[3], [0, NaN, 0]).ActualClass(0));
        Assert.Throws<InvalidOperationException>(() => new MetricBatch(Regression, new float[2], new float[2]).ActualClass(0));
        Assert.Throws<InvalidOperationException>(() => new MetricBatch(Regression, new float[2], new float[2]).PredictedClass(0));
    }

    [Fact]
    public void TheContextOfANetworkIsItsSummary()
    {
        Assert.Equal(new MetricContext(3, 3, 7), MetricContext.Of(Summary(Loss.CrossEntropy), 7));
        Assert.Equal(new MetricContext(3, 0, 7), MetricContext.Of(Summary(Loss.MeanSquaredError), 7));

        static NetworkSummary Summary(Loss loss) => new("Net", [3], [], 0, loss);
    }

    [Fact]
    public void ProbabilitiesAsTargetsBelongToTheLargest()
    {
        float[] outputs = Draw.Probabilities(40, 3, 1), targets = Draw.Probabilities(40, 3, 2);
        int[] labels = [.. targets.Chunk(3).Select(row => Array.IndexOf(row, row.Max()))];
        foreach (Metric metric in new Metric[] { new Accuracy(), new TopKAccuracy(2), new RocAuc(), new F1Score() })
        {
            Assert.Equal(
                new MetricSamples(Three, outputs, labels, null).Value(metric),
                new MetricSamples(Three, outputs, null, targets).Value(metric));
        }
    }

    [Fact]
    public void OneOutputForTwoClassesIsTheProbabilityOfClass1()
    {
        float[] outputs = Draw.Probabilities(40, 2, 1);
        int[] labels = Draw.Labels(40, 2, 2);
        float[] second = [.. outputs.Where((_, i) => i % 2 == 1)];
        foreach (Metric metric in new Metric[] { new Accuracy(), new RocAuc(), new Precision(1), new Recall(0), new F1Score() })
        {
            double expected = new MetricSamples(Two, outputs, labels, null).Value(metric);
            Assert.Equal(expected, new MetricSamples(Score, second, labels, null).Value(metric));
            Assert.Equal(expected, new MetricSamples(Score, second, null, [.. labels.Select(label => (float)label)]).Value(metric));
        }

        Assert.Equal(0, new MetricBatch(Score, [0.5f], [0.5f]).PredictedClass(0));
        Assert.Equal(0, new MetricBatch(Score, [0.5f], [0.5f]).ActualClass(0));
        Assert.Equal(-1, new MetricBatch(Score, [NaN], [1]).PredictedClass(0));
    }

    [Fact]
    public void OutputsThatAreNoNumbersAreNoPredictions()
    {
        // Class 0 is right, class 0 without prediction, class 1 is right.
        MetricSamples samples = new(Two, [0.9f, 0.1f, NaN, 1, 0.2f, 0.8f], [0, 0, 1], null);
        Assert.Equal(2.0 / 3, samples.Value(new Accuracy()));
        Assert.Equal(2.0 / 3, samples.Value(new TopKAccuracy(1)));
        Assert.Equal(2.0 / 3, samples.Value(new TopKAccuracy(2)));
        Assert.Equal(1, samples.Value(new Precision(0)));
        Assert.Equal(0.5, samples.Value(new Recall(0)));
        Assert.Equal(1, samples.Value(new Precision(Averaging.Micro)));
        Assert.Equal(2.0 / 3, samples.Value(new Recall(Averaging.Micro)));
        Assert.Equal(0.8, samples.Value(new F1Score(Averaging.Micro)));
        Assert.Equal(double.NaN, samples.Value(new RocAuc()));
        Assert.Equal(double.NaN, (samples with { Outputs = [0.9f, 0.1f, 0, NaN, 0.2f, 0.8f] }).Value(new RocAuc()));

        MetricState area = new RocAuc().Begin(Two);
        area.Add(samples.Batch(0, 3));
        area.Reset();
        area.Add(new MetricBatch(Two, [0.9f, 0.1f, 0.2f, 0.8f], [0, 1]));
        Assert.Equal(1, area.Value);

        foreach (Metric metric in new Metric[] { new MeanAbsoluteError(), new RootMeanSquaredError(), new R2Score() })
        {
            Assert.Equal(double.NaN, new MetricSamples(Regression, [1, 2, 3, NaN], null, [1, 2, 3, 4]).Value(metric));
            Assert.Equal(double.NaN, new MetricSamples(Regression, [1, 2, 3, NaN], null, [1, 4, 3, 4]).Value(metric));
        }
    }

    [Fact]
    public void OfEqualOutputsTheFirstClassComesFirst()
    {
        float[] outputs = [0.4f, 0.4f, 0.2f, 0.2f, 0.4f, 0.4f];
        Assert.Equal(0.5, new MetricSamples(Three, outputs, [0, 2], null).Value(new TopKAccuracy(1)));
        Assert.Equal(1, new MetricSamples(Three, outputs, [0, 1], null).Value(new Accuracy()));
        Assert.Equal(0.5, new MetricSamples(Three, outputs, [2, 2], null).Value(new TopKAccuracy(2)));
    }

    [Fact]
    public void TargetsThatDifferLittleHaveAnR2()
    {
        // Sums of squares would lose all digits here, a running mean of the targets themselves 6 of them.
        MetricContext one = new(1, 0, 100);
        MetricSamples far = new(one, [1e6f, 1e6f + 1, 1e6f + 1], null, [1e6f, 1e6f, 1e6f + 1]);
        Assert.Equal(-0.5, far.Value(new R2Score()), 1e-15);
        float[] constant = [.. Enumerable.Repeat(0.1f, 99)];
        Assert.Equal(0, new MetricSamples(one, [.. constant.Select(value => 2 * value)], null, constant).Value(new R2Score()));
        Assert.Equal(1, new MetricSamples(one, constant, null, constant).Value(new R2Score()));
    }

    [Fact]
    public void AnyoneMayWriteAMetric()
    {
        MetricSamples samples = new(Regression, [1, 2, 3, 7], null, [1, 2.5f, 2, 4]);
        Assert.Equal(3, samples.Value(new MaxError()));
        Assert.Throws<ArgumentException>("context", () => new MaxError().Begin(Three));
    }

    private static string Fault(Metric metric, MetricContext context)
    {
        string message = Assert.Throws<ArgumentException>("context", () => metric.Begin(context)).Message;
        return message[..message.IndexOf(" (Parameter", StringComparison.Ordinal)];
    }

    private sealed class MaxError() : Metric("max_error", higherIsBetter: false)
    {
        protected override MetricState CreateState(MetricContext context)
        {
            RequireRegression(context);
            return new State(context);
        }

        private sealed class State(MetricContext context) : MetricState(context)
        {
            private double _max;

            protected override void AddSamples(MetricBatch batch)
            {
                for (int i = 0; i < batch.Outputs.Length; i++)
                    _max = Math.Max(_max, Math.Abs((double)batch.Outputs[i] - batch.Targets[i]));
            }

            protected override double Compute() => _max;

            protected override void Clear() => _max = 0;
        }
    }
}
