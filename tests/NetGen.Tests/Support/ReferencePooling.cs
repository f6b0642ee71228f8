namespace NetGen.Tests.Support;

/// <summary>How a window slides along one direction; where it reaches beyond the input, nothing counts.</summary>
internal sealed record ReferenceSlide(int Size, int Window, int Stride, bool Same, int Padding)
{
    public int Positions => ReferenceConvolution.OutputSize(Size + (2 * Padding), Window, Stride, Same);

    /// <summary>The places that a window covers.</summary>
    public IEnumerable<int> Of(int position)
    {
        int first = (position * Stride) - (Same ? ReferenceConvolution.Before(Size, Window, Stride) : Padding);
        return Enumerable.Range(first, Window).Where(place => place >= 0 && place < Size);
    }
}

/// <summary>The windows of a pooling.</summary>
internal sealed record ReferenceWindows(ReferenceShape Input, ReferenceSlide Vertical, ReferenceSlide Horizontal)
{
    public ReferenceShape Output { get; } = new(Vertical.Positions, Horizontal.Positions, Input.Channels);

    public static ReferenceWindows Of(ReferenceShape input, MaxPool2DAttribute pool) =>
        Square(input, pool.Size, pool.Stride, pool.Padding, pool.PaddingHeight, pool.PaddingWidth);

    public static ReferenceWindows Of(ReferenceShape input, AveragePool2DAttribute pool) =>
        Square(input, pool.Size, pool.Stride, pool.Padding, pool.PaddingHeight, pool.PaddingWidth);

    public static ReferenceWindows Of(ReferenceShape input, MaxPool1DAttribute pool) => Line(input, pool.Size, pool.Stride, pool.Padding, pool.PaddingLength);

    public static ReferenceWindows Of(ReferenceShape input, AveragePool1DAttribute pool) => Line(input, pool.Size, pool.Stride, pool.Padding, pool.PaddingLength);

    public static ReferenceWindows Whole(ReferenceShape input) =>
        new(input, new(input.Height, input.Height, 1, Same: false, 0), new(input.Width, input.Width, 1, Same: false, 0));

    private static ReferenceWindows Square(ReferenceShape input, int size, int stride, Padding padding, int height, int width) => new(
        input, new(input.Height, size, stride, padding == Padding.Same, height), new(input.Width, size, stride, padding == Padding.Same, width));

    private static ReferenceWindows Line(ReferenceShape input, int size, int stride, Padding padding, int length) =>
        new(input, new(1, 1, 1, Same: false, 0), new(input.Width, size, stride, padding == Padding.Same, length));

    /// <summary>The places in the input that belong to an output, row by row.</summary>
    public IEnumerable<int> Of(int output)
    {
        foreach (int row in Vertical.Of(output / Input.Channels / Output.Width))
            foreach (int column in Horizontal.Of(output / Input.Channels % Output.Width))
                yield return Input.Index(row, column, output % Input.Channels);
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
