namespace NetGen;

/// <summary>A source whose samples a function writes.</summary>
internal sealed class FunctionSource(
    int count, int inputLength, int classCount, int targetLength, bool isSequential, SampleAction read) : ISampleSource
{
    public int Count => count;

    public int InputLength => inputLength;

    public int ClassCount => classCount;

    public int TargetLength => targetLength;

    public bool IsSequential => isSequential;

    public void Read(Sample sample)
    {
        SourceChecks.Index(sample.Index, count);
        SourceChecks.Room(sample, inputLength, targetLength);
        read(sample);
    }
}
