namespace NetGen.Tests.Support;

/// <summary>The windows of a pooling: only what lies in the image counts.</summary>
internal sealed record ReferenceWindows(ReferenceShape Input, int Height, int Width, int VerticalStride, int HorizontalStride, bool Same)
{
    public ReferenceShape Output { get; } = new(
        ReferenceConvolution.OutputSize(Input.Height, Height, VerticalStride, Same),
        ReferenceConvolution.OutputSize(Input.Width, Width, HorizontalStride, Same),
        Input.Channels);

    public static ReferenceWindows Square(ReferenceShape input, int size, int stride, Padding padding) =>
        new(input, size, size, stride, stride, padding == Padding.Same);

    public static ReferenceWindows Line(ReferenceShape input, int size, int stride, Padding padding) =>
        new(input, 1, size, 1, stride, padding == Padding.Same);

    public static ReferenceWindows Whole(ReferenceShape input) => new(input, input.Height, input.Width, 1, 1, Same: false);

    /// <summary>The places in the input that belong to an output, row by row.</summary>
    public IEnumerable<int> Of(int output)
    {
        int channel = output % Input.Channels;
        int top = (output / Input.Channels / Output.Width * VerticalStride) - (Same ? ReferenceConvolution.Before(Input.Height, Height, VerticalStride) : 0);
        int left = (output / Input.Channels % Output.Width * HorizontalStride) - (Same ? ReferenceConvolution.Before(Input.Width, Width, HorizontalStride) : 0);
        for (int row = Math.Max(top, 0); row < Math.Min(top + Height, Input.Height); row++)
            for (int column = Math.Max(left, 0); column < Math.Min(left + Width, Input.Width); column++)
                yield return Input.Index(row, column, channel);
    }
}

/// <summary>The maximum of each window; the first of equal values takes the gradient.</summary>
internal sealed class ReferenceMaxPool(ReferenceWindows windows) : ReferenceLayer
{
    public override double[] Forward(double[] x, int sample)
    {
        double[] y = new double[windows.Output.Length];
        for (int i = 0; i < y.Length; i++) y[i] = x[Winner(x, i)];
        return y;
    }

    public override double[] Backward(double[] x, double[] dy, int sample)
    {
        double[] dx = new double[x.Length];
        for (int i = 0; i < dy.Length; i++) dx[Winner(x, i)] += dy[i];
        return dx;
    }

    public override double Margin(double[] x)
    {
        double margin = double.PositiveInfinity;
        for (int i = 0; i < windows.Output.Length; i++)
        {
            double best = x[Winner(x, i)];
            foreach (int candidate in windows.Of(i))
                if (x[candidate] < best)
                    margin = Math.Min(margin, best - x[candidate]);
        }

        return margin;
    }

    private int Winner(double[] x, int output)
    {
        int winner = -1;
        foreach (int candidate in windows.Of(output))
            if (winner < 0 || x[candidate] > x[winner] || (double.IsNaN(x[candidate]) && !double.IsNaN(x[winner])))
                winner = candidate;
        return winner;
    }
}

/// <summary>The mean of the places of each window that lie in the image.</summary>
internal sealed class ReferenceAveragePool(ReferenceWindows windows) : ReferenceLayer
{
    public override double[] Forward(double[] x, int sample)
    {
        double[] y = new double[windows.Output.Length];
        for (int i = 0; i < y.Length; i++) y[i] = windows.Of(i).Average(place => x[place]);
        return y;
    }

    public override double[] Backward(double[] x, double[] dy, int sample)
    {
        double[] dx = new double[x.Length];
        for (int i = 0; i < dy.Length; i++)
        {
            int[] window = [.. windows.Of(i)];
            foreach (int place in window) dx[place] += dy[i] / window.Length;
        }

        return dx;
    }
}
