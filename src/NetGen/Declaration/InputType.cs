namespace NetGen;

/// <summary>In which form a network takes its inputs.</summary>
public enum InputType
{
    /// <summary>Floats.</summary>
    Float32,

    /// <summary>
    /// Bytes, with the values 0 to 255, such as the pixels of an image: the network converts them where it copies its input. It also takes floats, which
    /// mean the same: 0 to 255.
    /// </summary>
    UInt8,
}
