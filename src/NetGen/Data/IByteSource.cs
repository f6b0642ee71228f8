namespace NetGen;

/// <summary>A source that may store its inputs as bytes. Networks of the type <see cref="InputType.UInt8"/> take these without the scale of the source.</summary>
internal interface IByteSource : ISampleSource
{
    /// <summary>Reads a sample; inputs that are stored as bytes are 0 to 255.</summary>
    /// <param name="sample">Says which sample, and takes its values.</param>
    void ReadUnscaled(Sample sample);
}

/// <summary>How networks read samples.</summary>
internal static class ByteSourceExtensions
{
    /// <summary>Reads a sample for a network that takes inputs of a type.</summary>
    public static void Read(this ISampleSource source, Sample sample, InputType type)
    {
        if (type == InputType.UInt8 && source is IByteSource bytes)
            bytes.ReadUnscaled(sample);
        else
            source.Read(sample);
    }
}
