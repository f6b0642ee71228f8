using NetGen.Tests.Support;

namespace NetGen.Tests.Benchmarks;

/// <summary>
/// A layer in double precision that computes a value only when somebody asks for it, once, and counts the products that it
/// does: what nobody asks for is not needed.
/// </summary>
internal abstract class CountingLayer(CountingLayer? input, ReferenceShape output)
{
    private readonly double?[] _values = new double?[output.Length];
    private readonly double?[] _gradients = new double?[output.Length];

    public ReferenceShape Output { get; } = output;

    /// <summary>The layer that reads this one; without one, the derivatives of the loss are given.</summary>
    public CountingLayer? Reader { get; set; }

    public double[]? LossGradients { get; set; }

    public long ForwardProducts { get; protected set; }

    public long InputGradientProducts { get; protected set; }

    protected CountingLayer Input => input ?? throw new InvalidOperationException("The first layer has no input.");

    public double Value(int index) => _values[index] ??= Compute(index);

    /// <summary>Whether somebody asked for this value.</summary>
    public bool IsNeeded(int index) => _values[index] is not null;

    public double Gradient(int index) => _gradients[index] ??= Reader?.InputGradient(index) ?? LossGradients![index];

    protected abstract double Compute(int index);

    /// <summary>The derivative of the loss with respect to a value of the input, by way of the needed outputs.</summary>
    protected abstract double InputGradient(int index);
}

internal sealed class CountingInput(double[] values, ReferenceShape shape) : CountingLayer(null, shape)
{
    protected override double Compute(int index) => values[index];

    protected override double InputGradient(int index) => throw new NotSupportedException("The input reads nothing.");
}

internal sealed class CountingReLU(CountingLayer input) : CountingLayer(input, input.Output)
{
    protected override double Compute(int index) => Math.Max(Input.Value(index), 0);

    // Asks for the gradient also where it does not pass on: gradients are dense.
    protected override double InputGradient(int index) => (Input.Value(index) > 0 ? 1 : 0) * Gradient(index);
}

/// <summary>Flatten, and dropout where nothing is dropped: the values of the input as they are.</summary>
internal sealed class CountingIdentity(CountingLayer input) : CountingLayer(input, input.Output)
{
    protected override double Compute(int index) => Input.Value(index);

    protected override double InputGradient(int index) => Gradient(index);
}

internal sealed class CountingMaxPool(CountingLayer input, ReferenceWindows windows) : CountingLayer(input, windows.Output)
{
    protected override double Compute(int index) => Input.Value(Winner(index));

    // Asks for the gradient also of a window whose maximum is elsewhere: gradients are dense.
    protected override double InputGradient(int index)
    {
        double sum = 0;
        for (int output = index % Output.Channels; output < Output.Length; output += Output.Channels)
        {
            if (windows.Of(output).Contains(index) && IsNeeded(output))
                sum += (Winner(output) == index ? 1 : 0) * Gradient(output);
        }

        return sum;
    }

    private int Winner(int output)
    {
        int winner = -1;
        foreach (int candidate in windows.Of(output))
        {
            if (winner < 0 || Input.Value(candidate) > Input.Value(winner))
                winner = candidate;
        }

        return winner;
    }
}

/// <summary>A layer with weights, in PyTorch's order.</summary>
internal abstract class CountingWeightedLayer(CountingLayer input, ReferenceShape output, string name, double[] weight, double[] bias)
    : CountingLayer(input, output)
{
    public string Name => name;

    public long WeightGradientProducts { get; protected set; }

    protected double[] Weight => weight;

    protected double[] Bias => bias;

    /// <summary>The derivatives of the loss with respect to the weights.</summary>
    public abstract double[] WeightGradients();
}

internal sealed class CountingDense(CountingLayer input, int units, int[] columns, string name, double[] weight, double[] bias)
    : CountingWeightedLayer(input, new ReferenceShape(1, 1, units), name, weight, bias)
{
    protected override double Compute(int index)
    {
        double sum = Bias[index];
        for (int k = 0; k < columns.Length; k++)
        {
            sum += Weight[(index * columns.Length) + columns[k]] * Input.Value(k);
            ForwardProducts++;
        }

        return sum;
    }

    protected override double InputGradient(int index)
    {
        double sum = 0;
        for (int n = 0; n < Output.Length; n++)
        {
            if (!IsNeeded(n))
                continue;
            sum += Weight[(n * columns.Length) + columns[index]] * Gradient(n);
            InputGradientProducts++;
        }

        return sum;
    }

    public override double[] WeightGradients()
    {
        double[] gradients = new double[Weight.Length];
        for (int n = 0; n < Output.Length; n++)
        {
            if (!IsNeeded(n))
                continue;
            for (int k = 0; k < columns.Length; k++)
            {
                gradients[(n * columns.Length) + columns[k]] += Gradient(n) * Input.Value(k);
                WeightGradientProducts++;
            }
        }

        return gradients;
    }
}

/// <summary>A convolution, whose kernel begins <c>top</c> rows above the image and <c>left</c> columns beside it.</summary>
internal sealed class CountingConvolution(
    CountingLayer input, ReferenceShape output, int kernelHeight, int kernelWidth, int stride, int dilation, int groups, int top, int left,
    string name, double[] weight, double[] bias) : CountingWeightedLayer(input, output, name, weight, bias)
{
    private readonly int _channels = input.Output.Channels / groups;
    private readonly int _filters = output.Channels / groups;

    protected override double Compute(int index)
    {
        double sum = Bias[index % Output.Channels];
        foreach ((int w, int x) in Terms(index))
        {
            sum += Weight[w] * Input.Value(x);
            ForwardProducts++;
        }

        return sum;
    }

    public override double[] WeightGradients()
    {
        double[] gradients = new double[Weight.Length];
        for (int y = 0; y < Output.Length; y++)
        {
            if (!IsNeeded(y))
                continue;
            foreach ((int w, int x) in Terms(y))
            {
                gradients[w] += Gradient(y) * Input.Value(x);
                WeightGradientProducts++;
            }
        }

        return gradients;
    }

    // Asks which outputs read the pixel: another way round than Terms.
    protected override double InputGradient(int index)
    {
        (int pixel, int channel) = Math.DivRem(index, Input.Output.Channels);
        (int row, int column) = Math.DivRem(pixel, Input.Output.Width);
        double sum = 0;
        for (int i = 0; i < kernelHeight; i++)
        {
            for (int j = 0; j < kernelWidth; j++)
            {
                (int h, int betweenRows) = Math.DivRem(row + top - (i * dilation), stride);
                (int w, int betweenColumns) = Math.DivRem(column + left - (j * dilation), stride);
                if (betweenRows != 0 || betweenColumns != 0 || h < 0 || h >= Output.Height || w < 0 || w >= Output.Width)
                    continue;
                for (int n = 0; n < Output.Channels; n++)
                {
                    int y = Output.Index(h, w, n);
                    if (n / _filters != channel / _channels || !IsNeeded(y))
                        continue;
                    sum += Weight[WeightIndex(n, channel % _channels, i, j)] * Gradient(y);
                    InputGradientProducts++;
                }
            }
        }

        return sum;
    }

    /// <summary>The places in weight and input of the products whose sum is an output; none of them is padding.</summary>
    private IEnumerable<(int Weight, int Input)> Terms(int output)
    {
        (int pixel, int filter) = Math.DivRem(output, Output.Channels);
        (int h, int w) = Math.DivRem(pixel, Output.Width);
        ReferenceShape image = Input.Output;
        for (int i = 0; i < kernelHeight; i++)
        {
            for (int j = 0; j < kernelWidth; j++)
            {
                int row = (h * stride) + (i * dilation) - top, column = (w * stride) + (j * dilation) - left;
                if (row < 0 || row >= image.Height || column < 0 || column >= image.Width)
                    continue;
                for (int c = 0; c < _channels; c++)
                    yield return (WeightIndex(filter, c, i, j), image.Index(row, column, (filter / _filters * _channels) + c));
            }
        }
    }

    private int WeightIndex(int filter, int channel, int i, int j) =>
        (((((filter * _channels) + channel) * kernelHeight) + i) * kernelWidth) + j;
}
