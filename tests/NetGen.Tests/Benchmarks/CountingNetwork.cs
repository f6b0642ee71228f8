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

            case Conv2DAttribute convolution:
            {
                (string name, double[] weight, double[] bias) = Take(parameters);
                (int height, int top) = Axis(input.Output.Height, convolution.KernelHeight, convolution);
                (int width, int left) = Axis(input.Output.Width, convolution.KernelWidth, convolution);
                return new CountingConvolution(
                    input, new ReferenceShape(height, width, convolution.Filters), convolution.KernelHeight, convolution.KernelWidth,
                    convolution.Stride, top, left, name, weight, bias);
            }

            case MaxPool2DAttribute pool:
                return new CountingMaxPool(input, pool.Size, pool.Stride);
            case ReLUAttribute:
                return new CountingReLU(input);
            case FlattenAttribute or DropoutAttribute:
                return new CountingIdentity(input);
            default:
                throw new NotSupportedException($"{attribute.GetType().Name} does not count yet.");
        }
    }

    private static (string Name, double[] Weight, double[] Bias) Take(Queue<ReferenceParameter> parameters)
    {
        ReferenceParameter weight = parameters.Dequeue();
        return (weight.Name[..^".weight".Length], weight.Values, parameters.Dequeue().Values);
    }

    /// <summary>The number of outputs along an axis and the padding before it, by counting windows in the padded image.</summary>
    private static (int Positions, int Before) Axis(int size, int kernel, Conv2DAttribute convolution)
    {
        int positions = 0;
        if (convolution.Padding == Padding.Valid)
        {
            while ((positions * convolution.Stride) + kernel <= size) positions++;
            return (positions, 0);
        }

        while (positions * convolution.Stride < size) positions++;
        int padded = Math.Max(size, ((positions - 1) * convolution.Stride) + kernel);
        return (positions, (padded - size) / 2);
    }
}
