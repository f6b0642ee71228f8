namespace NetGen;

/// <summary>Reads sources that others may read at the same time.</summary>
internal static class SharedReading
{
    /// <summary>Reads a sample while nobody else does: training and validation may read two sources that are derived from one.</summary>
    /// <param name="source">The source.</param>
    /// <param name="sample">Takes the sample.</param>
    public static void ReadAlone(this ISampleSource source, Sample sample)
    {
        lock (source)
            source.Read(sample);
    }
}
