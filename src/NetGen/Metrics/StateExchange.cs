using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>
/// Writes the values of a <see cref="MetricState"/> into a checkpoint, or reads them back: the state names its fields once, in one order,
/// for both.
/// </summary>
public sealed class StateExchange
{
    private readonly MemoryStream _bytes;
    private readonly bool _reads;

    /// <summary>Takes values.</summary>
    internal StateExchange() => _bytes = new MemoryStream();

    /// <summary>Gives values back.</summary>
    /// <param name="text">What <see cref="ToText"/> gave.</param>
    /// <exception cref="FormatException">It is no such text.</exception>
    internal StateExchange(string text)
    {
        _bytes = new MemoryStream(Convert.FromBase64String(text));
        _reads = true;
    }

    /// <summary>Whether all values were given back.</summary>
    internal bool IsAtEnd => _bytes.Position == _bytes.Length;

    /// <summary>How many bytes were written or read.</summary>
    internal long Position => _bytes.Position;

    /// <summary>Writes or reads a number.</summary>
    /// <param name="value">The number.</param>
    public void Value(ref int value) => Values(MemoryMarshal.CreateSpan(ref value, 1));

    /// <inheritdoc cref="Value(ref int)"/>
    public void Value(ref double value) => Values(MemoryMarshal.CreateSpan(ref value, 1));

    /// <inheritdoc cref="Value(ref int)"/>
    public void Value(ref bool value)
    {
        int number = value ? 1 : 0;
        Value(ref number);
        value = number != 0;
    }

    /// <summary>Writes or reads numbers; as many are read as were written.</summary>
    /// <param name="values">The numbers.</param>
    public void Values(Span<int> values) => Exchange(MemoryMarshal.AsBytes(values));

    /// <inheritdoc cref="Values(Span{int})"/>
    public void Values(Span<float> values) => Exchange(MemoryMarshal.AsBytes(values));

    /// <inheritdoc cref="Values(Span{int})"/>
    public void Values(Span<double> values) => Exchange(MemoryMarshal.AsBytes(values));

    /// <summary>The values, in the bytes of this processor.</summary>
    internal string ToText() => Convert.ToBase64String(_bytes.GetBuffer(), 0, (int)_bytes.Length);

    private void Exchange(Span<byte> bytes)
    {
        if (!_reads)
            _bytes.Write(bytes);
        else if (_bytes.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InvalidDataException("The checkpoint has fewer values of a metric than the metric needs.");
    }
}
