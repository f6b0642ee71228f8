namespace NetGen;

/// <summary>The input values of all samples of a <see cref="Dataset"/>, stored as floats or as bytes.</summary>
internal abstract class InputStore
{
    /// <summary>Number of values of all samples together.</summary>
    public abstract int Length { get; }

    /// <summary>The plural of what is stored, for messages: <c>values</c> or <c>bytes</c>.</summary>
    public abstract string Unit { get; }

    /// <summary>Some of the values; no copy where they are stored as floats.</summary>
    public abstract ReadOnlySpan<float> Read(int start, int count);

    /// <summary>Writes as many values as there is room for.</summary>
    public abstract void Copy(int start, Span<float> destination);

    /// <summary>Writes as many values as there is room for; those that are stored as bytes are 0 to 255.</summary>
    public virtual void CopyUnscaled(int start, Span<float> destination) => Copy(start, destination);
}

/// <summary>Values that are stored as the network takes them.</summary>
internal sealed class FloatInputs(ReadOnlyMemory<float> values) : InputStore
{
    public override int Length => values.Length;

    public override string Unit => "values";

    public override ReadOnlySpan<float> Read(int start, int count) => values.Span.Slice(start, count);

    public override void Copy(int start, Span<float> destination) =>
        values.Span.Slice(start, destination.Length).CopyTo(destination);
}

/// <summary>Values that are stored as bytes and become <c>byte · scale + offset</c> when they are read.</summary>
/// <param name="values">The bytes.</param>
/// <param name="scale">The factor of each byte, finite.</param>
/// <param name="offset">Is added to each product, finite.</param>
internal sealed class ByteInputs(ReadOnlyMemory<byte> values, double scale, double offset) : InputStore
{
    /// <summary>The scale that turns 0 to 255 into 0 to 1.</summary>
    public const double ToUnit = 1 / 255.0;

    private readonly ByteConversion _conversion = new(scale, offset);

    public override int Length => values.Length;

    public override string Unit => "bytes";

    public override ReadOnlySpan<float> Read(int start, int count)
    {
        float[] converted = new float[count];
        Copy(start, converted);
        return converted;
    }

    public override void Copy(int start, Span<float> destination) =>
        _conversion.Convert(values.Span.Slice(start, destination.Length), destination);

    public override void CopyUnscaled(int start, Span<float> destination) =>
        ByteConversion.Unscaled.Convert(values.Span.Slice(start, destination.Length), destination);
}
