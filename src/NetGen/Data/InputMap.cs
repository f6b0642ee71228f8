namespace NetGen;

/// <summary>A source whose inputs a function makes from those of another source.</summary>
internal sealed class InputMap(ISampleSource source, int inputLength, SampleMap map)
    : DerivedSource(source, inputLength, source.InputLength)
{
    protected override void Derive(Span<float> scratch, Sample sample) => map(scratch, sample);
}
