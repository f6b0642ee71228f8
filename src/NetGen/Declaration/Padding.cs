namespace NetGen;

/// <summary>How a convolution treats the border of its input.</summary>
public enum Padding
{
    /// <summary>No padding: the kernel stays inside the input; <c>output = (input - kernel) / stride + 1</c>, rounded down.</summary>
    Valid,

    /// <summary>
    /// Zeros around the input so that <c>output = input / stride</c>, rounded up. Where their number is odd, the extra row or
    /// column is at the end, as in Keras.
    /// </summary>
    Same,
}
