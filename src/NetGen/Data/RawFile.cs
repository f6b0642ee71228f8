using static System.FormattableString;

namespace NetGen;

/// <summary>
/// A file of values of one type, one after the other, as NumPy's <c>ndarray.tofile</c> and C's <c>fwrite</c> write them. There may be a header
/// before the values.
/// </summary>
/// <param name="Path">The path of the file.</param>
/// <param name="Type">What the values are.</param>
public sealed record RawFile(string Path, RawType Type)
{
    /// <summary>Number of bytes before the first value; 0 unless set.</summary>
    public long HeaderLength { get; init; }

    /// <summary>The factor of values that are bytes, finite; unless set, it turns 0 to 255 into 0 to 1. Floats are read as they are, and bytes for a network of the type <see cref="InputType.UInt8"/>.</summary>
    public double Scale { get; init; } = ByteInputs.ToUnit;

    /// <summary>Is added to each product of a byte and <see cref="Scale"/>, finite; 0 unless set.</summary>
    public double Offset { get; init; }

    /// <summary>Number of bytes of one value.</summary>
    internal int ValueLength => Type == RawType.Byte ? 1 : sizeof(int);

    /// <summary>Checks what can be wrong without the file.</summary>
    /// <param name="argument">The name of the argument that it is, for the exceptions.</param>
    /// <param name="types">The types that its values may have.</param>
    /// <exception cref="ArgumentException">The path is empty, the type is none of these, or the header's length is negative.</exception>
    internal void Check(string argument, params RawType[] types)
    {
        if (string.IsNullOrEmpty(Path))
            throw new ArgumentException("The path of the file is empty.", argument);
        if (Array.IndexOf(types, Type) < 0)
            throw new ArgumentException($"'{Path}' has values of type {Type}; possible are {string.Join(" and ", types)}.", argument);
        if (HeaderLength < 0)
            throw new ArgumentException(Invariant($"The header of '{Path}' has {HeaderLength} bytes; it must be 0 or more."), argument);
    }
}
