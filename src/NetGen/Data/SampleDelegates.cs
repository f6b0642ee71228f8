namespace NetGen;

/// <summary>Writes the values of a sample, or changes those that it has.</summary>
/// <param name="sample">Says which sample, and takes its values.</param>
public delegate void SampleAction(Sample sample);

/// <summary>Makes a sample's input from another one.</summary>
/// <param name="input">The input that was read.</param>
/// <param name="sample">
/// Says which sample, and takes the new input. It has the label or targets and the weight that were read, which may be changed.
/// </param>
public delegate void SampleMap(ReadOnlySpan<float> input, Sample sample);
