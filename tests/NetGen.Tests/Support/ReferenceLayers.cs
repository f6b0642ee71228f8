namespace NetGen.Tests.Support;

/// <summary>A weight or bias of the reference, in PyTorch's order, and the gradient summed so far.</summary>
internal sealed class ReferenceParameter(string name, int length)
{
    public string Name { get; } = name;

    public double[] Values { get; } = new double[length];

    public double[] Gradients { get; } = new double[length];
}

/// <summary>
/// One layer in double precision, one sample at a time, written as the formulas are. It is slow and meant to be obviously
/// right: the generated kernels are measured against it.
/// </summary>
internal abstract class ReferenceLayer
{
    public virtual ReferenceParameter[] Parameters => [];

    /// <summary>Changes what a layer computes on its way, such as means and variances, as rounding errors would.</summary>
    public Func<double, double> Disturbance { protected get; set; } = value => value;

    public abstract double[] Forward(double[] x, int sample);

    /// <summary>Adds to the gradients of the parameters and returns the derivative with respect to <paramref name="x"/>.</summary>
    public abstract double[] Backward(double[] x, double[] dy, int sample);

    /// <summary>Forward of all samples of a training batch.</summary>
    public virtual double[][] Forward(double[][] x) => [.. x.Select((values, sample) => Forward(values, sample))];

    /// <summary>Backward of all samples of a training batch.</summary>
    public virtual double[][] Backward(double[][] x, double[][] dy) => [.. x.Select((values, sample) => Backward(values, dy[sample], sample))];

    /// <summary>Which activations of the network are added to the output: the input of layer i is the i-th.</summary>
    public virtual IReadOnlyList<int> Joined => [];

    /// <summary>What one of <see cref="Joined"/> adds to the output.</summary>
    public virtual double[] Joining(int join, double[] x) => x;

    /// <summary>The derivative with respect to one of <see cref="Joined"/>.</summary>
    public virtual double[] Parting(int join, double[] dy) => dy;

    /// <summary>How near <paramref name="x"/> is to where the derivative jumps.</summary>
    public virtual double Margin(double[] x) => double.PositiveInfinity;
}

/// <summary>y[n] = b[n] + Σ w[n, column(k)]·x[k].</summary>
/// <param name="name">Name of the layer.</param>
/// <param name="units">Number of outputs.</param>
/// <param name="columns">Where in a row of PyTorch's weight each input is found; its order differs after Flatten.</param>
internal sealed class ReferenceDense(string name, int units, int[] columns) : ReferenceLayer
{
    private readonly ReferenceParameter _weight = new(name + ".weight", units * columns.Length);
    private readonly ReferenceParameter _bias = new(name + ".bias", units);

    public override ReferenceParameter[] Parameters => [_weight, _bias];

    public override double[] Forward(double[] x, int sample)
    {
        double[] y = [.. _bias.Values];
        for (int n = 0; n < units; n++)
            for (int k = 0; k < columns.Length; k++)
                y[n] += _weight.Values[(n * columns.Length) + columns[k]] * x[k];
        return y;
    }

    public override double[] Backward(double[] x, double[] dy, int sample)
    {
        double[] dx = new double[x.Length];
        for (int n = 0; n < units; n++)
        {
            _bias.Gradients[n] += dy[n];
            for (int k = 0; k < columns.Length; k++)
            {
                int w = (n * columns.Length) + columns[k];
                _weight.Gradients[w] += dy[n] * x[k];
                dx[k] += dy[n] * _weight.Values[w];
            }
        }

        return dx;
    }
}

/// <summary>
/// y[h, w, n] = b[n] + Σ k[n, c, i, j]·x[h·stride + i·dilation - top, w·stride + j·dilation - left, g + c], zero outside x, where the channels
/// from g on are those of the group of n.
/// </summary>
internal sealed class ReferenceConvolution(
    string name, ReferenceShape input, int filters, int kernelHeight, int kernelWidth, int stride, bool same, int padHeight = 0, int padWidth = 0, int dilation = 1, int groups = 1)
    : ReferenceLayer
{
    private readonly int _channels = input.Channels / groups;
    private readonly ReferenceParameter _weight = new(name + ".weight", filters * (input.Channels / groups) * kernelHeight * kernelWidth);
    private readonly ReferenceParameter _bias = new(name + ".bias", filters);
    private readonly int _top = same ? Before(input.Height, Extent(kernelHeight, dilation), stride) : padHeight;
    private readonly int _left = same ? Before(input.Width, Extent(kernelWidth, dilation), stride) : padWidth;

    public ReferenceShape Output { get; } = new(
        same ? OutputSize(input.Height, 1, stride, same) : OutputSize(input.Height + (2 * padHeight), Extent(kernelHeight, dilation), stride, same),
        same ? OutputSize(input.Width, 1, stride, same) : OutputSize(input.Width + (2 * padWidth), Extent(kernelWidth, dilation), stride, same),
        filters);

    public override ReferenceParameter[] Parameters => [_weight, _bias];

    public override double[] Forward(double[] x, int sample)
    {
        double[] y = new double[Output.Length];
        for (int i = 0; i < y.Length; i++) y[i] = _bias.Values[i % filters];
        ForEachProduct((yi, wi, xi) => y[yi] += _weight.Values[wi] * x[xi]);
        return y;
    }

    public override double[] Backward(double[] x, double[] dy, int sample)
    {
        double[] dx = new double[x.Length];
        for (int i = 0; i < dy.Length; i++) _bias.Gradients[i % filters] += dy[i];
        ForEachProduct((yi, wi, xi) =>
        {
            _weight.Gradients[wi] += dy[yi] * x[xi];
            dx[xi] += dy[yi] * _weight.Values[wi];
        });
        return dx;
    }

    /// <summary>Calls back with the places in y, weight and x of every product that the convolution sums.</summary>
    private void ForEachProduct(Action<int, int, int> product)
    {
        for (int h = 0; h < Output.Height; h++)
            for (int w = 0; w < Output.Width; w++)
                for (int i = 0; i < kernelHeight; i++)
                    for (int j = 0; j < kernelWidth; j++)
                    {
                        int row = (h * stride) + (i * dilation) - _top;
                        int column = (w * stride) + (j * dilation) - _left;
                        if (row < 0 || row >= input.Height || column < 0 || column >= input.Width) continue;
                        for (int n = 0; n < filters; n++)
                            for (int c = 0; c < _channels; c++)
                                product(
                                    Output.Index(h, w, n),
                                    (((((n * _channels) + c) * kernelHeight) + i) * kernelWidth) + j,
                                    input.Index(row, column, (n / (filters / groups) * _channels) + c));
                    }
    }

    private static int Extent(int kernel, int dilation) => ((kernel - 1) * dilation) + 1;

    /// <summary>The positions of a kernel or window along one direction.</summary>
    public static int OutputSize(int size, int kernel, int stride, bool same) =>
        same ? (size + stride - 1) / stride : ((size - kernel) / stride) + 1;

    /// <summary>The padding before the first row or column.</summary>
    public static int Before(int size, int kernel, int stride) =>
        Math.Max(((OutputSize(size, kernel, stride, same: true) - 1) * stride) + kernel - size, 0) / 2;
}

/// <summary>max(x, 0), with the derivative 0 at 0.</summary>
internal sealed class ReferenceReLU : ReferenceLayer
{
    public override double[] Forward(double[] x, int sample) => [.. x.Select(v => v > 0 || double.IsNaN(v) ? v : 0)];

    public override double[] Backward(double[] x, double[] dy, int sample) => [.. dy.Select((d, i) => x[i] > 0 ? d : 0)];

    public override double Margin(double[] x) =>
        x.Where(v => v != 0).Select(Math.Abs).DefaultIfEmpty(double.PositiveInfinity).Min();
}

/// <summary>x where x &gt; 0, otherwise slope·x, with the derivative slope at 0.</summary>
internal sealed class ReferenceLeakyReLU(double slope) : ReferenceLayer
{
    public override double[] Forward(double[] x, int sample) => [.. x.Select(v => v > 0 ? v : slope * v)];

    public override double[] Backward(double[] x, double[] dy, int sample) => [.. dy.Select((d, i) => x[i] > 0 ? d : slope * d)];

    public override double Margin(double[] x) =>
        x.Where(v => v != 0).Select(Math.Abs).DefaultIfEmpty(double.PositiveInfinity).Min();
}

/// <summary>x and the outputs of earlier layers; the network adds these and gives each the gradient of the sum.</summary>
internal sealed class ReferenceAdd(int[] joined) : ReferenceLayer
{
    public override IReadOnlyList<int> Joined => joined;

    public override double[] Forward(double[] x, int sample) => [.. x];

    public override double[] Backward(double[] x, double[] dy, int sample) => [.. dy];
}

/// <summary>
/// Multiplies each value of each sample with its own factor: 0 where it is dropped, 1/(1 - rate) where it is kept. The factors
/// come from the test; without them it does nothing.
/// </summary>
internal sealed class ReferenceDropout(string name) : ReferenceLayer
{
    public string Name { get; } = name;

    /// <summary>For each sample and value, what it is multiplied by; one row for each sample.</summary>
    public double[][]? Factors { get; set; }

    /// <summary>What is added after that, if anything is.</summary>
    public double[][]? Shifts { get; set; }

    public override double[] Forward(double[] x, int sample) =>
        Shifts is null ? Scale(x, sample) : [.. Scale(x, sample).Select((v, i) => v + Shifts[sample][i])];

    public override double[] Backward(double[] x, double[] dy, int sample) => Scale(dy, sample);

    private double[] Scale(double[] values, int sample) =>
        Factors is null ? values : [.. values.Select((v, i) => v * Factors[sample][i])];
}
