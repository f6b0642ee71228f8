using System.Text.Json;
using Xunit;

namespace NetGen.Tests.Metrics;

/// <summary>Metrics and the confusion matrix against scikit-learn, on the cases of tests/fixtures/make_metrics.py.</summary>
public class MetricParityTests
{
    private static readonly IReadOnlyDictionary<string, JsonElement> Classifications = MetricFixture.Cases("classification");
    private static readonly IReadOnlyDictionary<string, JsonElement> Regressions = MetricFixture.Cases("regression");

    private static readonly (string Key, Func<Averaging, Metric> Average, Func<int, Metric> OfClass)[] ClassMetrics =
    [
        ("precision", average => new Precision(average), one => new Precision(one)),
        ("recall", average => new Recall(average), one => new Recall(one)),
        ("f1", average => new F1Score(average), one => new F1Score(one)),
    ];

    public static TheoryData<string> ClassificationNames => [.. Classifications.Keys];

    public static TheoryData<string> RegressionNames => [.. Regressions.Keys];

    [Theory]
    [MemberData(nameof(ClassificationNames))]
    public void AccuraciesEqual(string name)
    {
        JsonElement row = Classifications[name];
        MetricSamples samples = MetricSamples.Classification(row);
        AssertEqual(row.GetProperty("accuracy"), samples.Value(new Accuracy()));
        if (!row.TryGetProperty("top_k", out JsonElement topK))
        {
            Assert.Equal(1, samples.Context.OutputLength);
            return;
        }

        Assert.Equal(samples.Context.Classes, topK.GetArrayLength());
        for (int k = 1; k <= samples.Context.Classes; k++)
            AssertEqual(topK[k - 1], samples.Value(new TopKAccuracy(k)));
    }

    [Theory]
    [MemberData(nameof(ClassificationNames))]
    public void AreasUnderTheCurveEqual(string name) =>
        AssertEqual(Classifications[name].GetProperty("auc"), MetricSamples.Classification(Classifications[name]).Value(new RocAuc()));

    [Theory]
    [MemberData(nameof(ClassificationNames))]
    public void PrecisionRecallAndF1Equal(string name)
    {
        JsonElement row = Classifications[name];
        MetricSamples samples = MetricSamples.Classification(row);
        foreach ((string key, Func<Averaging, Metric> average, Func<int, Metric> ofClass) in ClassMetrics)
        {
            JsonElement expected = row.GetProperty(key);
            AssertEqual(expected.GetProperty("macro"), samples.Value(average(Averaging.Macro)));
            AssertEqual(expected.GetProperty("micro"), samples.Value(average(Averaging.Micro)));
            AssertEqual(expected.GetProperty("weighted"), samples.Value(average(Averaging.Weighted)));
            for (int i = 0; i < samples.Context.Classes; i++)
                AssertEqual(expected.GetProperty("classes")[i], samples.Value(ofClass(i)));
        }
    }

    [Theory]
    [MemberData(nameof(ClassificationNames))]
    public void TheConfusionMatrixEquals(string name)
    {
        JsonElement row = Classifications[name];
        MetricSamples samples = MetricSamples.Classification(row);
        var matrix = new ConfusionMatrix(samples.Context.Classes);
        MetricBatch batch = samples.Batch(0, samples.Count);
        for (int i = 0; i < batch.Count; i++)
            matrix.Add(batch.ActualClass(i), batch.PredictedClass(i));

        AssertEqual(row.GetProperty("accuracy"), matrix.Accuracy);
        Check("precision", matrix.Precision, matrix.Precision);
        Check("recall", matrix.Recall, matrix.Recall);
        Check("f1", matrix.F1, matrix.F1);
        Assert.Equal(
            Enumerable.Range(0, matrix.Classes).Select(i => samples.Labels!.Count(label => label == i)),
            Enumerable.Range(0, matrix.Classes).Select(matrix.Support));

        void Check(string key, Func<Averaging, double> average, Func<int, double> ofClass)
        {
            JsonElement expected = row.GetProperty(key);
            AssertEqual(expected.GetProperty("macro"), average(Averaging.Macro));
            AssertEqual(expected.GetProperty("micro"), average(Averaging.Micro));
            AssertEqual(expected.GetProperty("weighted"), average(Averaging.Weighted));
            for (int i = 0; i < matrix.Classes; i++)
            {
                // A share of no samples is NaN in the matrix; scikit-learn makes 0 of it.
                double share = ofClass(i);
                AssertEqual(expected.GetProperty("classes")[i], double.IsNaN(share) ? 0 : share);
            }
        }
    }

    [Theory]
    [MemberData(nameof(RegressionNames))]
    public void ErrorsEqual(string name)
    {
        JsonElement row = Regressions[name];
        MetricSamples samples = MetricSamples.Regression(row);
        foreach (Metric metric in new Metric[] { new MeanAbsoluteError(), new RootMeanSquaredError(), new R2Score() })
            AssertEqual(row.GetProperty(metric.Name), samples.Value(metric));
    }

    /// <summary>Both are rounded sums in double, but in different orders.</summary>
    private static void AssertEqual(JsonElement expected, double actual)
    {
        double number = MetricFixture.Number(expected);
        Assert.Equal(number, actual, 1e-13 * Math.Max(Math.Abs(double.IsNaN(number) ? 0 : number), 1));
    }
}
