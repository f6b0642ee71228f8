using System.Text.Json;

namespace NetGen.Tests.Metrics;

/// <summary>Samples with what a network gave for them; either labels or targets.</summary>
internal sealed record MetricSamples(MetricContext Context, float[] Outputs, int[]? Labels, float[]? Targets)
{
    public int Count => Outputs.Length / Context.OutputLength;

    /// <summary>A classifier's samples of the fixture.</summary>
    public static MetricSamples Classification(JsonElement row)
    {
        float[] outputs = MetricFixture.Row(row.GetProperty("outputs"));
        int[] labels = [.. row.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())];
        var context = new MetricContext(outputs.Length / labels.Length, row.GetProperty("classes").GetInt32(), labels.Length);
        return new MetricSamples(context, outputs, labels, null);
    }

    /// <summary>A regression's samples of the fixture.</summary>
    public static MetricSamples Regression(JsonElement row)
    {
        float[] outputs = MetricFixture.Row(row.GetProperty("outputs"));
        int length = row.GetProperty("outputLength").GetInt32();
        return new MetricSamples(
            new MetricContext(length, 0, outputs.Length / length), outputs, null, MetricFixture.Row(row.GetProperty("targets")));
    }

    /// <summary>Some of the samples.</summary>
    public MetricBatch Batch(int start, int count)
    {
        int length = Context.OutputLength;
        ReadOnlySpan<float> outputs = Outputs.AsSpan(start * length, count * length);
        return Labels is not null
            ? new MetricBatch(Context, outputs, Labels.AsSpan(start, count))
            : new MetricBatch(Context, outputs, Targets.AsSpan(start * length, count * length));
    }

    /// <summary>Adds all samples, in batches.</summary>
    public void AddTo(MetricState state, int batchSize)
    {
        for (int start = 0; start < Count; start += batchSize)
            state.Add(Batch(start, Math.Min(batchSize, Count - start)));
    }

    /// <summary>The value of a metric over all samples.</summary>
    public double Value(Metric metric)
    {
        MetricState state = metric.Begin(Context);
        state.Add(Batch(0, Count));
        return state.Value;
    }
}
