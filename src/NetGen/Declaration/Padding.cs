namespace NetGen;

/// <summary>How a convolution or a pooling treats the border of its input.</summary>
public enum Padding
{
    /// <summary>No padding: the window stays inside the input; <c>output = (input - window) / stride + 1</c>, rounded down.</summary>
    Valid,

    /// <summary>
    /// Padding around the input so that <c>output = input / stride</c>, rounded up. Where its size is odd, the extra row or
    /// column is at the end, as in Keras. A convolution pads with zeros, a maximum with −∞; in an average padding does not count.
    /// </summary>
    Same,
}
