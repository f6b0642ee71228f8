namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Rows or columns of a convolution's input that lie a stride apart, and the lines of the filters that multiply them. The gradient with respect to
/// them is a convolution of the output's gradient with those lines alone, with stride 1. Without strides there is one phase: the whole input.
/// </summary>
/// <param name="First">The first row of the input.</param>
/// <param name="Count">The number of rows.</param>
/// <param name="FirstLine">The first line of the filters that multiplies them.</param>
/// <param name="LineStep">From that line to the next one.</param>
/// <param name="Lines">The number of lines.</param>
/// <param name="Start">The row of the output's gradient that the last line multiplies for the first row of the input; negative above the image.</param>
/// <param name="Dilation">From that row of the output's gradient to that of the line before.</param>
/// <param name="Outputs">The rows of the output's gradient.</param>
internal sealed record GradientPhase(int First, int Count, int FirstLine, int LineStep, int Lines, int Start, int Dilation, int Outputs)
{
    /// <summary>The rows of zeros above the output's gradient that the phase reads.</summary>
    public int Before => Math.Max(0, -Start);

    /// <summary>The rows of zeros below the output's gradient that the phase reads.</summary>
    public int After => Math.Max(0, Start + Count - 1 + ((Lines - 1) * Dilation) - (Outputs - 1));

    /// <summary>The rows of the output's gradient from the first one that the phase reads.</summary>
    public int ImageLines => Outputs - Math.Max(0, Start);

    /// <summary>The phases that some line of the filters meets, in the order of the lines that they begin with, in which <c>WeightPacking.FlipPhases</c> writes their weights.</summary>
    /// <param name="inputs">Rows of the input.</param>
    /// <param name="outputs">Rows of the output's gradient.</param>
    /// <param name="kernel">Lines of the filters.</param>
    /// <param name="stride">Rows from one position to the next.</param>
    /// <param name="dilation">Rows from one line to the next.</param>
    /// <param name="padding">Rows of zeros above the input.</param>
    public static IEnumerable<GradientPhase> Of(int inputs, int outputs, int kernel, int stride, int dilation, int padding)
    {
        int shared = SharedDivisor(stride, dilation);
        foreach (int offset in Enumerable.Range(0, kernel).Select(line => line * dilation % stride).Distinct().OrderBy(offset => offset))
        {
            // With the padding, the rows are stride · q + offset, and line l multiplies row q - (dilation · l - offset) / stride of the gradient.
            int[] lines = [.. Enumerable.Range(0, kernel).Where(line => ((line * dilation) - offset) % stride == 0)];
            int lastLine = lines[lines.Length - 1];
            int first = (((offset - padding) % stride) + stride) % stride;
            yield return new(
                first,
                first < inputs ? ((inputs - first - 1) / stride) + 1 : 0,
                lines[0],
                stride / shared,
                lines.Length,
                (first + padding - (lastLine * dilation)) / stride,
                dilation / shared,
                outputs);
        }
    }

    /// <summary>The greatest number that divides both.</summary>
    private static int SharedDivisor(int left, int right) => right == 0 ? left : SharedDivisor(right, left % right);
}
