namespace NetGen.CompilerServices;

/// <content>Batches of bytes, for networks that copy their input with <see cref="CopyInput"/>.</content>
public abstract partial class TrainingRunner
{
    /// <inheritdoc cref="Forward(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float})"/>
    public float Forward(ReadOnlySpan<byte> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> sampleWeights) =>
        Forward(ByteSpan.Wrap(inputs), _loss.Set(inputs.Length, labels, sampleWeights), areBytes: true);

    /// <inheritdoc cref="Forward(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float})"/>
    public float Forward(ReadOnlySpan<byte> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights) =>
        Forward(ByteSpan.Wrap(inputs), _loss.Set(inputs.Length, targets, sampleWeights), areBytes: true);

    /// <summary>Copies a sample of floats or of bytes, whichever the caller gave, into the memory of the first operation.</summary>
    /// <param name="inputs">The samples of the whole batch.</param>
    /// <param name="sample">Which sample.</param>
    /// <param name="target">Where its first value goes.</param>
    /// <param name="lines">The number of lines, which are contiguous in the sample.</param>
    /// <param name="stride">Floats from a line to the next one in the target, where a halo may be between them.</param>
    /// <param name="scale">The factor of each value.</param>
    /// <param name="offset">What is added to each product.</param>
    protected void CopyInput(
        ReadOnlySpan<float> inputs, nint sample, FloatRef target, int lines = 1, int stride = 0, float scale = 1, float offset = 0) =>
        SampleCopy.Run(inputs, _takesBytes, sample, _plan.InputLength, target, lines, stride, scale, offset);
}
