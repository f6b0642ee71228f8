using System.Reflection;

namespace NetGen.Generator.Tests.Counting;

/// <summary>
/// A network of which every single value is traced back to those it is computed from. It finds the products that a result needs by
/// brute force: it marks what the outputs depend on, and counts the products of the marked values one by one.
/// </summary>
internal sealed class TracedNetwork
{
    private readonly List<TracedImage> _layers = [];
    private readonly List<TracedImage> _weighted = [];

    /// <summary>Traces a network by the attributes of its class.</summary>
    /// <param name="network">The class.</param>
    /// <param name="training">Whether it is trained: then a batch normalisation depends on all values of a channel.</param>
    public TracedNetwork(Type network, bool training)
    {
        IReadOnlyList<int> shape = network.GetCustomAttribute<InputAttribute>()!.Shape;
        TracedImage last = new(
            shape.Count == 3 ? shape[0] : 1, shape.Count > 1 ? shape[^2] : 1, shape[^1], (_, _, _) => new TracedValue([]));
        Dictionary<string, TracedImage> named = [];
        foreach (LayerAttribute attribute in network.GetCustomAttributes<LayerAttribute>())
        {
            last = Next(attribute, attribute.From is { } from ? named[from] : last, named, training);
            _layers.Add(last);
            if (attribute is DenseAttribute or Conv1DAttribute or Conv2DAttribute or DepthwiseConv2DAttribute)
                _weighted.Add(last);
            if (attribute.Name is { } name)
                named.Add(name, last);
        }

        foreach (TracedValue output in last.Values)
            output.Need();
    }

    /// <summary>The number of values that each layer has.</summary>
    public IEnumerable<int> Lengths => _layers.Select(layer => layer.Values.Count());

    /// <summary>The products of each convolution and dense layer that the outputs need.</summary>
    public IEnumerable<long> Products => _weighted.Select(layer => layer.Values.Where(value => value.IsNeeded).Sum(value => (long)value.Reads.Count));

    /// <summary>The same of a training step. A weight's gradient takes the products again, and that of an input, where parameters change that input, once more.</summary>
    public long Training => (2 * Products.Sum()) + _weighted.Sum(layer =>
        layer.Values.Where(value => value.IsNeeded).Sum(value => (long)value.Reads.Count(read => read.IsTrained)));

    private static TracedImage Next(LayerAttribute attribute, TracedImage input, Dictionary<string, TracedImage> named, bool training) => attribute switch
    {
        DenseAttribute dense => new(1, 1, dense.Units, (_, _, _) => new TracedValue([.. input.Values], hasParameters: true)),
        Conv2DAttribute conv => Convolution(
            input, conv.Filters, conv.Groups,
            new(conv.KernelHeight, conv.Stride, conv.Dilation, conv.Padding, conv.PaddingHeight), new(conv.KernelWidth, conv.Stride, conv.Dilation, conv.Padding, conv.PaddingWidth)),
        DepthwiseConv2DAttribute conv => Convolution(
            input, input.Channels, input.Channels,
            new(conv.KernelHeight, conv.Stride, conv.Dilation, conv.Padding, conv.PaddingHeight), new(conv.KernelWidth, conv.Stride, conv.Dilation, conv.Padding, conv.PaddingWidth)),
        Conv1DAttribute conv => Convolution(
            input, conv.Filters, conv.Groups, new(1, 1, 1, Padding.Valid, 0), new(conv.Kernel, conv.Stride, conv.Dilation, conv.Padding, conv.PaddingLength)),
        MaxPool2DAttribute pool => Pooling(
            input, new(pool.Size, pool.Stride, 1, pool.Padding, pool.PaddingHeight), new(pool.Size, pool.Stride, 1, pool.Padding, pool.PaddingWidth)),
        AveragePool2DAttribute pool => Pooling(
            input, new(pool.Size, pool.Stride, 1, pool.Padding, pool.PaddingHeight), new(pool.Size, pool.Stride, 1, pool.Padding, pool.PaddingWidth)),
        GlobalAveragePoolAttribute or GlobalMaxPoolAttribute => Pooling(
            input, new(input.Height, 1, 1, Padding.Valid, 0), new(input.Width, 1, 1, Padding.Valid, 0)),
        FlattenAttribute => Flat([.. input.Values]),
        ReLUAttribute => Pointwise(input, (row, column, channel) => [input[row, column, channel]]),
        BatchNormAttribute => Pointwise(
            input,
            (row, column, channel) => !training ? [input[row, column, channel]]
                : [.. from y in Enumerable.Range(0, input.Height) from x in Enumerable.Range(0, input.Width) select input[y, x, channel]],
            hasParameters: true),
        AddAttribute add => Pointwise(
            input, (row, column, channel) => [input[row, column, channel], .. add.Layers.Select(layer => named[layer][row, column, channel])]),
        ConcatAttribute concat => Joined([input, .. concat.Layers.Select(layer => named[layer])]),
        _ => throw new NotSupportedException($"{attribute.GetType().Name} is not traced yet."),
    };

    private static TracedImage Convolution(TracedImage input, int filters, int groups, Sliding vertical, Sliding horizontal)
    {
        int channels = input.Channels / groups;
        return Windows(input, filters, vertical, horizontal, hasParameters: true, (pixels, filter) =>
        {
            int first = filter / (filters / groups) * channels;
            return pixels.SelectMany(pixel => Enumerable.Range(first, channels).Select(channel => input[pixel.Row, pixel.Column, channel]));
        });
    }

    private static TracedImage Pooling(TracedImage input, Sliding vertical, Sliding horizontal) => Windows(
        input, input.Channels, vertical, horizontal, hasParameters: false, (pixels, channel) => pixels.Select(pixel => input[pixel.Row, pixel.Column, channel]));

    private static TracedImage Windows(
        TracedImage input, int channels, Sliding vertical, Sliding horizontal, bool hasParameters,
        Func<IEnumerable<(int Row, int Column)>, int, IEnumerable<TracedValue>> read) => new(
            vertical.Positions(input.Height), horizontal.Positions(input.Width), channels, (row, column, channel) =>
            {
                IEnumerable<(int Row, int Column)> pixels =
                    from y in vertical.Pixels(input.Height, row)
                    from x in horizontal.Pixels(input.Width, column)
                    where input.Has(y, x)
                    select (y, x);
                return new TracedValue([.. read(pixels, channel)], hasParameters);
            });

    private static TracedImage Flat(TracedValue[] values) => new(1, 1, values.Length, (_, _, channel) => new TracedValue([values[channel]]));

    private static TracedImage Pointwise(TracedImage input, Func<int, int, int, TracedValue[]> reads, bool hasParameters = false) => new(
        input.Height, input.Width, input.Channels, (row, column, channel) => new TracedValue(reads(row, column, channel), hasParameters));

    private static TracedImage Joined(TracedImage[] parts) => new(parts[0].Height, parts[0].Width, parts.Sum(part => part.Channels), (row, column, channel) =>
    {
        int part = 0;
        for (; channel >= parts[part].Channels; part++)
            channel -= parts[part].Channels;
        return new TracedValue([parts[part][row, column, channel]]);
    });

    /// <summary>How windows slide along an axis, by counting them in the padded image.</summary>
    private sealed record Sliding(int Window, int Stride, int Dilation, Padding Padding, int Explicit)
    {
        private int Reach => ((Window - 1) * Dilation) + 1;

        public int Positions(int size)
        {
            int positions = 0;
            int padded = size + (2 * Explicit);
            while (Padding == Padding.Same ? positions * Stride < size : (positions * Stride) + Reach <= padded)
                positions++;
            return positions;
        }

        public IEnumerable<int> Pixels(int size, int position)
        {
            int padded = ((Positions(size) - 1) * Stride) + Reach;
            int before = Padding == Padding.Same ? Math.Max(padded - size, 0) / 2 : Explicit;
            return Enumerable.Range(0, Window).Select(i => (position * Stride) + (i * Dilation) - before);
        }
    }
}
