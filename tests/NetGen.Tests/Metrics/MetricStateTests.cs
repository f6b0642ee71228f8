using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Metrics;

/// <summary>What holds for every metric's state.</summary>
public class MetricStateTests
{
    private const int Count = 53;

    private static readonly Dictionary<string, Metric> Metrics = new Metric[]
    {
        new Accuracy(), new TopKAccuracy(2), new RocAuc(),
        new Precision(), new Precision(Averaging.Micro), new Precision(classIndex: 1),
        new Recall(), new Recall(Averaging.Weighted), new Recall(classIndex: 0),
        new F1Score(), new F1Score(Averaging.Weighted), new F1Score(classIndex: 2),
        new MeanAbsoluteError(), new RootMeanSquaredError(), new R2Score(),
    }.ToDictionary(metric => metric.Name);

    public static TheoryData<string> Names => [.. Metrics.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void BatchesOfAnySizeGiveTheSameBits(string name)
    {
        (Metric metric, MetricSamples samples) = Case(name);
        long expected = BitConverter.DoubleToInt64Bits(samples.Value(metric));
        foreach (int batchSize in new[] { 1, 2, 7, 32, Count - 1 })
        {
            MetricState state = metric.Begin(samples.Context);
            samples.AddTo(state, batchSize);
            Assert.Equal(expected, BitConverter.DoubleToInt64Bits(state.Value));
            Assert.Equal(Count, state.Samples);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AddingSamplesAllocatesNothing(string name)
    {
        (Metric metric, MetricSamples samples) = Case(name);
        MetricState state = metric.Begin(samples.Context);
        for (int i = 0; i < 2; i++)
        {
            samples.AddTo(state, batchSize: 8);
            Assert.True(double.IsFinite(state.Value));
            state.Reset();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        samples.AddTo(state, batchSize: 8);
        double value = state.Value;
        state.Reset();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(double.IsFinite(value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AfterAResetTheOldSamplesAreForgotten(string name)
    {
        (Metric metric, MetricSamples samples) = Case(name);
        MetricState state = metric.Begin(samples.Context);
        Assert.True(double.IsNaN(state.Value));
        state.Add(samples.Batch(0, 20));
        state.Reset();
        Assert.Equal(0, state.Samples);
        Assert.True(double.IsNaN(state.Value));
        state.Add(samples.Batch(20, Count - 20));

        MetricState other = metric.Begin(samples.Context);
        other.Add(samples.Batch(20, Count - 20));
        Assert.Equal(other.Value, state.Value);
        Assert.NotEqual(samples.Value(metric), state.Value);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void StatesOfOneMetricAreIndependent(string name)
    {
        (Metric metric, MetricSamples samples) = Case(name);
        MetricState first = metric.Begin(samples.Context);
        MetricState second = metric.Begin(samples.Context);
        for (int i = 0; i < Count; i++)
        {
            first.Add(samples.Batch(i, 1));
            if (i < 20)
                second.Add(samples.Batch(i, 1));
        }

        MetricState fewer = metric.Begin(samples.Context);
        fewer.Add(samples.Batch(0, 20));
        Assert.Equal(samples.Value(metric), first.Value);
        Assert.Equal(fewer.Value, second.Value);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ItTakesNoMoreSamplesThanItBeganWith(string name)
    {
        (Metric metric, MetricSamples samples) = Case(name);
        MetricState state = metric.Begin(samples.Context);
        samples.AddTo(state, Count);
        var fault = Assert.Throws<InvalidOperationException>(() => state.Add(samples.Batch(0, 1)));
        Assert.Equal("The metric began with at most 53 samples; it has 53, and 1 more were added.", fault.Message);
        state.Add(samples.Batch(0, 0));
        Assert.Equal(samples.Value(metric), state.Value);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ItTakesNoSamplesOfAnotherNetwork(string name)
    {
        (Metric metric, MetricSamples samples) = Case(name);
        MetricState state = metric.Begin(samples.Context);
        MetricContext other = new(5, 5, 10);
        Assert.Throws<ArgumentException>("batch", () => state.Add(new MetricBatch(other, new float[5], new float[5])));

        // Another largest number of samples is no other network.
        MetricContext shorter = new(samples.Context.OutputLength, samples.Context.Classes, 1);
        (samples with { Context = shorter }).AddTo(state, 4);
        Assert.Equal(samples.Value(metric), state.Value);
    }

    /// <summary>A metric that suits classifiers gets samples of one, the others those of a regression.</summary>
    private static (Metric Metric, MetricSamples Samples) Case(string name)
    {
        const int Outputs = 3;
        Metric metric = Metrics[name];
        if (metric is not (MeanAbsoluteError or RootMeanSquaredError or R2Score))
        {
            return (metric, new MetricSamples(
                new MetricContext(Outputs, Outputs, Count), Draw.Probabilities(Count, Outputs, 1), Draw.Labels(Count, Outputs, 2), null));
        }

        // Sums of values of one magnitude would be exact, whatever their order.
        float[] targets = [.. Draw.Normal(Count * Outputs, 2).Select((value, i) => value * MathF.Pow(8, i % 13))];
        return (metric, new MetricSamples(new MetricContext(Outputs, 0, Count), Draw.Normal(Count * Outputs, 1), null, targets));
    }
}
