using System.Reflection;
using NetGen.Tests.Support;

namespace NetGen.Tests.Benchmarks;

/// <summary>
/// A network, with the weights of a reference, that counts the products it does for one sample. It begins at the result and asks
/// backwards for what it needs, value by value.
/// </summary>
internal sealed class CountingNetwork
{
    private readonly CountingLayer _last;

    public CountingNetwork(Type network, ReferenceNetwork reference, double[] sample)
    {
        var parameters = new Queue<ReferenceParameter>(reference.Parameters);
        IReadOnlyList<int> shape = network.GetCustomAttribute<InputAttribute>()!.Shape;
        CountingLayer layer = new CountingInput(
            sample, new ReferenceShape(shape.Count == 3 ? shape[0] : 1, shape.Count >= 2 ? shape[^2] : 1, shape[^1]));
        foreach (LayerAttribute attribute in network.GetCustomAttributes<LayerAttribute>().Where(a => a is not SoftmaxAttribute))
        {
            CountingLayer next = Next(attribute, layer, parameters);
            layer.Reader = next;
            layer = next;
            if (next is CountingWeightedLayer weighted)
                Weighted.Add(weighted);
        }

        _last = layer;
    }

    /// <summary>The convolutions and dense layers, in order.</summary>
    public List<CountingWeightedLayer> Weighted { get; } = [];

    /// <summary>The outputs before softmax.</summary>
    public double[] Outputs() => [.. Enumerable.Range(0, _last.Output.Length).Select(_last.Value)];

    /// <summary>The gradients with respect to every weight, for given derivatives with respect to the outputs.</summary>
    public Dictionary<string, double[]> WeightGradients(double[] outputGradients)
    {
        _last.LossGradients = outputGradients;
        return Weighted.ToDictionary(layer => layer.Name, layer => layer.WeightGradients());
    }

    private static CountingLayer Next(LayerAttribute attribute, CountingLayer input, Queue<ReferenceParameter> parameters)
    {
        switch (attribute)
        {
            case DenseAttribute dense:
            {
                (string name, double[] weight, double[] bias) = Take(parameters);
                return new CountingDense(input, dense.Units, input.Output.TorchColumns(), name, weight, bias);
            }

            case Conv1DAttribute conv:
                return Convolution(
                    input, parameters, conv.Filters, conv.Groups, (1, conv.Kernel), conv.Stride, conv.Dilation, conv.Padding, (0, conv.PaddingLength));
            case Conv2DAttribute conv:
                return Convolution(
                    input, parameters, conv.Filters, conv.Groups, (conv.KernelHeight, conv.KernelWidth), conv.Stride, conv.Dilation, conv.Padding,
                    (conv.PaddingHeight, conv.PaddingWidth));
            case DepthwiseConv2DAttribute conv:
                return Convolution(
                    input, parameters, input.Output.Channels, input.Output.Channels, (conv.KernelHeight, conv.KernelWidth), conv.Stride, conv.Dilation, conv.Padding,
                    (conv.PaddingHeight, conv.PaddingWidth));

            case MaxPool2DAttribute pool:
                return new CountingMaxPool(input, ReferenceWindows.Of(input.Output, pool));
            case ReLUAttribute:
                return new CountingReLU(input);
            case FlattenAttribute or DropoutAttribute:
                return new CountingIdentity(input);
            default:
                throw new NotSupportedException($"{attribute.GetType().Name} does not count yet.");
        }
    }

    private static CountingConvolution Convolution(
        CountingLayer input, Queue<ReferenceParameter> parameters, int filters, int groups, (int Height, int Width) kernel, int stride, int dilation, Padding padding,
        (int Height, int Width) pad)
    {
        (string name, double[] weight, double[] bias) = Take(parameters);
        (int height, int top) = Axis(input.Output.Height, ((kernel.Height - 1) * dilation) + 1, stride, padding, pad.Height);
        (int width, int left) = Axis(input.Output.Width, ((kernel.Width - 1) * dilation) + 1, stride, padding, pad.Width);
        return new CountingConvolution(
            input, new ReferenceShape(height, width, filters), kernel.Height, kernel.Width, stride, dilation, groups, top, left, name, weight, bias);
    }

    private static (string Name, double[] Weight, double[] Bias) Take(Queue<ReferenceParameter> parameters)
    {
        ReferenceParameter weight = parameters.Dequeue();
        return (weight.Name[..^".weight".Length], weight.Values, parameters.Dequeue().Values);
    }

    /// <summary>The number of outputs along an axis and the padding before it, by counting windows in the padded image.</summary>
    private static (int Positions, int Before) Axis(int size, int extent, int stride, Padding padding, int explicitPadding)
    {
        int positions = 0;
        if (padding == Padding.Valid)
        {
            while ((positions * stride) + extent <= size + (2 * explicitPadding)) positions++;
            return (positions, explicitPadding);
        }

        while (positions * stride < size) positions++;
        int padded = Math.Max(size, ((positions - 1) * stride) + extent);
        return (positions, (padded - size) / 2);
    }
}
