namespace NetGen.Tests.Data;

/// <summary>A sample as a source gave it.</summary>
internal sealed record ReadSample(float[] Input, float[] Target, int Label, float Weight)
{
    /// <summary>Reads a sample into memory that has other values before.</summary>
    public static ReadSample Of(ISampleSource source, int index, int epoch = 1)
    {
        float[] input = new float[source.InputLength];
        float[] target = new float[source.TargetLength];
        Array.Fill(input, float.NaN);
        Array.Fill(target, float.NaN);
        (int label, float weight) = (-1, 1);
        source.Read(new Sample(index, epoch, input, target, ref label, ref weight));
        return new ReadSample(input, target, label, weight);
    }

    /// <summary>Reads an epoch.</summary>
    public static ReadSample[] All(ISampleSource source, int epoch = 1) => [.. Enumerable.Range(0, source.Count).Select(i => Of(source, i, epoch))];

    /// <summary>What reading an epoch allocates, on this thread.</summary>
    public static long Allocated(ISampleSource source, int epoch)
    {
        float[] input = new float[source.InputLength];
        float[] target = new float[source.TargetLength];
        (int label, float weight) = (0, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < source.Count; i++)
            source.Read(new Sample(i, epoch, input, target, ref label, ref weight));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
