using System.Globalization;
using System.Reflection;
using Xunit;

namespace NetGen.Tests.Support;

/// <summary>Height, width and channels of a sample, stored in this order.</summary>
internal sealed record ReferenceShape(int Height, int Width, int Channels)
{
    public int Length => Height * Width * Channels;

    public int Index(int row, int column, int channel) => (((row * Width) + column) * Channels) + channel;

    /// <summary>PyTorch flattens channels first: our (h, w, c) is its column (c·H + h)·W + w.</summary>
    public int[] TorchColumns()
    {
        int[] columns = new int[Length];
        for (int h = 0; h < Height; h++)
            for (int w = 0; w < Width; w++)
                for (int c = 0; c < Channels; c++)
                    columns[Index(h, w, c)] = (((c * Height) + h) * Width) + w;
        return columns;
    }
}

/// <summary>What one step of the reference gives, to be compared with a generated network.</summary>
internal sealed record ReferenceResult(
    double Loss, double[] Outputs, double[] InputGradients, IReadOnlyDictionary<string, double[]> Gradients);

/// <summary>
/// A network as a list of naive layers in double precision, of which some read or add the outputs of earlier ones. It is built from the
/// attributes of the same class that the generator reads, by reflection, so that a test needs no second declaration and shares no
/// code with the generator.
/// </summary>
internal sealed class ReferenceNetwork
{
    private Func<double, double> _disturbance = value => value;
    private readonly List<ReferenceLayer> _layers = [];
    private readonly List<int> _sources = [];
    private readonly ReferenceLoss _loss;
    private readonly int _inputLength;

    private ReferenceNetwork(Type network)
    {
        IReadOnlyList<int> input = network.GetCustomAttribute<InputAttribute>()!.Shape;
        bool flat = input.Count == 1;
        var shape = new ReferenceShape(
            input.Count == 3 ? input[0] : 1, input.Count >= 2 ? input[^2] : 1, input[^1]);
        _inputLength = shape.Length;
        _loss = ReferenceLoss.Of(network);
        var counters = new Dictionary<string, int>();
        var outputs = new Dictionary<string, (int Activation, ReferenceShape Shape, bool Flat)>();
        LayerAttribute[] attributes = [.. network.GetCustomAttributes<LayerAttribute>()];
        foreach (LayerAttribute attribute in attributes)
        {
            int source = _layers.Count;
            if (attribute.From is { } from) (source, shape, flat) = outputs[from];
            switch (attribute)
            {
                case DenseAttribute dense:
                    Assert.True(flat);
                    _layers.Add(new ReferenceDense(Name("dense", dense), dense.Units, shape.TorchColumns()));
                    shape = new ReferenceShape(1, 1, dense.Units);
                    break;
                case Conv2DAttribute conv:
                    Convolve(new ReferenceConvolution(
                        Name("conv", conv), shape, conv.Filters, conv.KernelHeight, conv.KernelWidth, conv.Stride,
                        conv.Padding == Padding.Same, conv.PaddingHeight, conv.PaddingWidth, conv.Dilation, conv.Groups));
                    break;
                case DepthwiseConv2DAttribute conv:
                    Convolve(new ReferenceConvolution(
                        Name("depthwise", conv), shape, shape.Channels, conv.KernelHeight, conv.KernelWidth, conv.Stride,
                        conv.Padding == Padding.Same, conv.PaddingHeight, conv.PaddingWidth, conv.Dilation, shape.Channels));
                    break;
                case Conv1DAttribute conv:
                    Convolve(new ReferenceConvolution(
                        Name("conv", conv), shape, conv.Filters, 1, conv.Kernel, conv.Stride,
                        conv.Padding == Padding.Same, 0, conv.PaddingLength, conv.Dilation, conv.Groups));
                    break;
                case MaxPool2DAttribute pool:
                    AddMaximum(ReferenceWindows.Of(shape, pool));
                    break;
                case MaxPool1DAttribute pool:
                    AddMaximum(ReferenceWindows.Of(shape, pool));
                    break;
                case GlobalMaxPoolAttribute:
                    AddMaximum(ReferenceWindows.Whole(shape));
                    flat = true;
                    break;
                case AveragePool2DAttribute pool:
                    AddMean(ReferenceWindows.Of(shape, pool));
                    break;
                case AveragePool1DAttribute pool:
                    AddMean(ReferenceWindows.Of(shape, pool));
                    break;
                case GlobalAveragePoolAttribute:
                    AddMean(ReferenceWindows.Whole(shape));
                    flat = true;
                    break;
                case AddAttribute add:
                    foreach (string name in add.Layers) AssertSameFeatures(outputs[name].Shape, outputs[name].Flat);
                    _layers.Add(new ReferenceAdd([.. add.Layers.Select(name => outputs[name].Activation)]));
                    break;
                case ConcatAttribute concat:
                    int[] parts = [shape.Channels, .. concat.Layers.Select(name => outputs[name].Shape.Channels)];
                    _layers.Add(new ReferenceConcat([.. concat.Layers.Select(name => outputs[name].Activation)], parts));
                    shape = shape with { Channels = parts.Sum() };
                    break;
                case NormalizationAttribute normalization:
                    _layers.Add(new ReferenceNormalization(Name("normalization", normalization), Channels()));
                    break;
                case LayerNormAttribute norm:
                    _layers.Add(new ReferenceLayerNorm(Name("layernorm", norm), Channels(), norm.Epsilon));
                    break;
                case BatchNormAttribute norm:
                    _layers.Add(new ReferenceBatchNorm(Name("batchnorm", norm), Channels(), norm.Momentum, norm.Epsilon, norm.Trainable));
                    break;
                case LeakyReLUAttribute leaky:
                    _layers.Add(new ReferenceLeakyReLU(leaky.Slope));
                    break;
                case ReLUAttribute:
                    _layers.Add(new ReferenceReLU());
                    break;
                case DropoutAttribute dropout:
                    _layers.Add(new ReferenceDropout(Name("dropout", dropout)));
                    break;
                case SpatialDropoutAttribute dropout:
                    _layers.Add(new ReferenceDropout(Name("spatialdropout", dropout)));
                    break;
                case AlphaDropoutAttribute dropout:
                    _layers.Add(new ReferenceDropout(Name("alphadropout", dropout)));
                    break;
                case GaussianDropoutAttribute dropout:
                    _layers.Add(new ReferenceDropout(Name("gaussiandropout", dropout)));
                    break;
                case FlattenAttribute:
                    flat = true;
                    FlattenedShape = shape;
                    break;
                case ReshapeAttribute reshape:
                    shape = new ReferenceShape(
                        reshape.Shape.Count == 3 ? reshape.Shape[0] : 1, reshape.Shape.Count >= 2 ? reshape.Shape[^2] : 1, reshape.Shape[^1]);
                    flat = reshape.Shape.Count == 1;
                    break;
                case SoftmaxAttribute or LogSoftmaxAttribute:
                    break;
                case SigmoidAttribute when _loss.HasSigmoid && ReferenceEquals(attribute, attributes[^1]):
                    break;
                case PReLUAttribute prelu:
                    _layers.Add(new ReferencePReLU(Name("prelu", prelu), prelu.Shared ? [0] : Channels()));
                    break;
                case LayerAttribute function when ReferenceActivation.Of(function) is { } activation:
                    _layers.Add(activation);
                    break;
                default:
                    throw new NotSupportedException($"The reference knows no {attribute.GetType().Name}.");
            }

            if (_layers.Count > _sources.Count) _sources.Add(source);
            else Assert.Null(attribute.From);
            if (attribute.Name is { } given) outputs.Add(given, (_layers.Count, shape, flat));
        }

        void Convolve(ReferenceConvolution convolution)
        {
            _layers.Add(convolution);
            shape = convolution.Output;
        }

        void AddMaximum(ReferenceWindows windows)
        {
            _layers.Add(new ReferenceMaxPool(windows));
            shape = windows.Output;
        }

        void AddMean(ReferenceWindows windows)
        {
            _layers.Add(new ReferenceAveragePool(windows));
            shape = windows.Output;
        }

        // Where PyTorch's parameters have those of each channel. Behind Flatten every feature is a channel.
        int[] Channels() => flat ? shape.TorchColumns() : [.. Enumerable.Range(0, shape.Channels)];

        // Flattened values keep the order of their image, which is another one in PyTorch; then it has to be the same in both.
        void AssertSameFeatures(ReferenceShape other, bool otherFlat)
        {
            Assert.Equal(flat, otherFlat);
            if (flat) Assert.Equal(shape.TorchColumns(), other.TorchColumns());
            else Assert.Equal(shape, other);
        }

        string Name(string kind, LayerAttribute attribute)
        {
            counters[kind] = counters.GetValueOrDefault(kind) + 1;
            return attribute.Name ?? kind + counters[kind].ToString(CultureInfo.InvariantCulture);
        }
    }

    public static ReferenceNetwork Of(Type network) => new(network);

    /// <summary>A reference with the parameters that a generated network has now.</summary>
    public static ReferenceNetwork Of(AnyNetwork network)
    {
        var reference = new ReferenceNetwork(network.Type);
        string[] names = [.. network.Table.Parameters.Select(p => p.Name)];
        Assert.Equal(reference.Parameters.Select(p => p.Name), names);
        foreach (ReferenceParameter parameter in reference.Parameters)
        {
            float[] values = network.Get(parameter.Name);
            Assert.Equal(parameter.Values.Length, values.Length);
            for (int i = 0; i < values.Length; i++) parameter.Values[i] = values[i];
        }

        return reference;
    }

    /// <summary>
    /// Changes each value between the layers, each of their gradients, each output, and what normalisations compute on their way. With changes as small as rounding
    /// errors, the results show what a network makes of such errors: much where large values cancel, as in front of a normalisation.
    /// </summary>
    public Func<double, double> Disturbance
    {
        private get => _disturbance;
        set
        {
            _disturbance = value;
            foreach (ReferenceLayer layer in _layers) layer.Disturbance = value;
        }
    }

    public IEnumerable<ReferenceParameter> Parameters => _layers.SelectMany(layer => layer.Parameters);

    /// <summary>What the last Flatten flattened.</summary>
    public ReferenceShape? FlattenedShape { get; }

    public IEnumerable<ReferenceDropout> Dropouts => _layers.OfType<ReferenceDropout>();

    /// <summary>The outputs of every sample.</summary>
    public double[] Predict(ReadOnlySpan<float> inputs)
    {
        var outputs = new List<double>();
        for (int sample = 0; sample < inputs.Length / _inputLength; sample++)
            outputs.AddRange(_loss.Head(Activations(inputs, sample)[^1]));
        return [.. outputs];
    }

    /// <summary>The running statistics after a training step, by name.</summary>
    public IReadOnlyDictionary<string, double[]> MovedStatistics(ReadOnlySpan<float> inputs)
    {
        double[][][] activations = TrainingActivations(inputs);
        return _layers
            .SelectMany((layer, i) => layer is ReferenceBatchNorm norm ? norm.Moved(activations[_sources[i]]) : [])
            .ToDictionary(moved => moved.Name, moved => moved.Values);
    }

    /// <summary>The loss and all its derivatives for class indices.</summary>
    public ReferenceResult Train(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        int classes = Activations(inputs, 0)[^1].Length;
        float[] targets = new float[labels.Length * classes];
        for (int sample = 0; sample < labels.Length; sample++) targets[(sample * classes) + labels[sample]] = 1;
        return Train(inputs, targets);
    }

    /// <summary>The loss and all its derivatives for values, or for class probabilities.</summary>
    public ReferenceResult Train(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets)
    {
        int samples = inputs.Length / _inputLength;
        int outputLength = targets.Length / samples;
        double loss = 0;
        var outputs = new List<double>();
        var inputGradients = new List<double>();
        foreach (ReferenceParameter parameter in Parameters) Array.Clear(parameter.Gradients);
        double[][][] activations = TrainingActivations(inputs);
        double[][][] gradients = [.. activations.Select(layer => layer.Select(values => new double[values.Length]).ToArray())];
        for (int sample = 0; sample < samples; sample++)
        {
            double[] logits = activations[^1][sample];
            double[] y = [.. _loss.Head(logits)];
            Disturb(y);
            outputs.AddRange(y);
            double[] gradient = gradients[^1][sample];
            loss += _loss.OfSample(logits, y, targets.Slice(sample * outputLength, outputLength), samples, gradient);
        }

        // Whatever reads an activation adds to its gradient.
        for (int i = _layers.Count - 1; i >= 0; i--)
        {
            foreach (double[] gradient in gradients[i + 1]) Disturb(gradient);
            AddTo(gradients[_sources[i]], _layers[i].Backward(activations[_sources[i]], gradients[i + 1]));
            for (int join = 0; join < _layers[i].Joined.Count; join++)
            {
                int number = join;
                AddTo(gradients[_layers[i].Joined[join]], [.. gradients[i + 1].Select(gradient => _layers[i].Parting(number, gradient))]);
            }
        }

        foreach (double[] gradient in gradients[0]) inputGradients.AddRange(gradient);
        return new ReferenceResult(
            loss, [.. outputs], [.. inputGradients],
            Parameters.ToDictionary(p => p.Name, p => p.Gradients.ToArray()));
    }

    /// <summary>How near the nearest ReLU, leaky or not, or maximum is to where the gradient jumps; with targets, also the loss.</summary>
    public double Margin(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets = default)
    {
        double[][][] activations = TrainingActivations(inputs);
        double margin = _layers.Select((layer, i) => activations[_sources[i]].Min(layer.Margin)).Min();
        int outputLength = targets.Length / activations[^1].Length;
        for (int sample = 0; outputLength > 0 && sample < activations[^1].Length; sample++)
            margin = Math.Min(margin, _loss.Margin(_loss.Head(activations[^1][sample]), targets.Slice(sample * outputLength, outputLength)));
        return margin;
    }

    /// <summary>The input of the network, then the output of every layer, in prediction.</summary>
    private double[][] Activations(ReadOnlySpan<float> inputs, int sample)
    {
        double[][] activations = new double[_layers.Count + 1][];
        activations[0] = [.. inputs.Slice(sample * _inputLength, _inputLength).ToArray().Select(v => (double)v)];
        for (int i = 0; i < _layers.Count; i++)
        {
            activations[i + 1] = _layers[i].Forward(activations[_sources[i]], sample);
            for (int join = 0; join < _layers[i].Joined.Count; join++)
                AddTo(activations[i + 1], _layers[i].Joining(join, activations[_layers[i].Joined[join]]));
            Disturb(activations[i + 1]);
        }

        return activations;
    }

    /// <summary>The same in training, for every sample of the batch.</summary>
    private double[][][] TrainingActivations(ReadOnlySpan<float> inputs)
    {
        double[][][] activations = new double[_layers.Count + 1][][];
        activations[0] = [.. inputs.ToArray().Select(v => (double)v).Chunk(_inputLength)];
        for (int i = 0; i < _layers.Count; i++)
        {
            activations[i + 1] = _layers[i].Forward(activations[_sources[i]]);
            for (int join = 0; join < _layers[i].Joined.Count; join++)
            {
                int number = join;
                AddTo(activations[i + 1], [.. activations[_layers[i].Joined[join]].Select(values => _layers[i].Joining(number, values))]);
            }

            foreach (double[] values in activations[i + 1]) Disturb(values);
        }

        return activations;
    }

    private void Disturb(double[] values)
    {
        for (int i = 0; i < values.Length; i++) values[i] = Disturbance(values[i]);
    }

    private static void AddTo(double[][] sums, double[][] values)
    {
        for (int sample = 0; sample < sums.Length; sample++) AddTo(sums[sample], values[sample]);
    }

    private static void AddTo(double[] sum, double[] values)
    {
        for (int i = 0; i < sum.Length; i++) sum[i] += values[i];
    }
}
