namespace NetGen;

/// <summary>What the values of a <see cref="RawFile"/> are.</summary>
public enum RawType
{
    /// <summary>Unsigned bytes (NumPy's <c>uint8</c>).</summary>
    Byte,

    /// <summary>Signed 32-bit integers, little-endian (NumPy's <c>&lt;i4</c>).</summary>
    Int32,

    /// <summary>32-bit floating-point numbers, little-endian (NumPy's <c>&lt;f4</c>).</summary>
    Float32,
}
