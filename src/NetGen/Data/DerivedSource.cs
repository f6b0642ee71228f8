namespace NetGen;

/// <summary>A source that reads each of its samples from another source and makes a new input of it.</summary>
/// <param name="source">The other source.</param>
/// <param name="inputLength">Number of values of one new input.</param>
/// <param name="scratchLength">Number of values of memory to work in, at least the input length of the other source.</param>
internal abstract class DerivedSource(ISampleSource source, int inputLength, int scratchLength) : ISampleSource
{
    private float[]? _scratch;

    public int Count => source.Count;

    public int InputLength => inputLength;

    public int ClassCount => source.ClassCount;

    public int TargetLength => source.TargetLength;

    public bool IsSequential => source.IsSequential;

    public void Read(Sample sample)
    {
        SourceChecks.Room(sample, inputLength, TargetLength);

        // Trainings that share the source may read at the same time: the second one allocates memory of its own.
        float[] scratch = Interlocked.Exchange(ref _scratch, null) ?? new float[scratchLength];
        Span<float> input = scratch.AsSpan(0, source.InputLength);
        int label = 0;
        float weight = sample.Weight;
        source.ReadAlone(new Sample(sample.Index, sample.Epoch, input, sample.Target, ref label, ref weight) { InputType = sample.InputType });
        sample.Label = label;
        sample.Weight = weight;
        Derive(scratch, sample);
        _scratch = scratch;
    }

    /// <summary>Writes the new input.</summary>
    /// <param name="scratch">Begins with the input that was read; may be overwritten.</param>
    /// <param name="sample">Takes the new input, and has the label or targets and the weight that were read.</param>
    protected abstract void Derive(Span<float> scratch, Sample sample);
}
