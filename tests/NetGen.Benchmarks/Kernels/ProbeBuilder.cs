using NetGen.Benchmarks.Measuring;
using NetGen.CompilerServices;

namespace NetGen.Benchmarks.Kernels;

/// <summary>Makes probes of a network's kernels.</summary>
/// <param name="summary">The network's layers.</param>
/// <param name="inference">The sizes of its predictions.</param>
/// <param name="training">The sizes of its training.</param>
internal sealed class ProbeBuilder(NetworkSummary summary, InferencePlan inference, TrainingPlan training)
{
    private const int TrainingBatch = 128;
    /// <summary>The samples of a convolution: those of a shard in training.</summary>
    public const int ConvolutionSamples = 8;

    private readonly int _imageLength = Math.Max(training.ActivationsLength, training.WorkspaceLength);
    private readonly List<KernelProbe> _probes = [];

    /// <summary>The probes so far.</summary>
    public IReadOnlyList<KernelProbe> Probes => _probes;

    /// <summary>A convolution; its kernels take one sample. In training, the inputs of a sample lie among its activations.</summary>
    public ProbeBuilder Convolution(
        string name, ConvolutionKernel forward, ConvolutionWeightGradient weightGradient, ConvolutionInputGradient? inputGradient = null)
    {
        LayerSummary layer = Layer(name);
        Add(layer, KernelRole.Inference, ConvolutionSamples, () =>
        {
            var memory = new ProbeMemory(_imageLength, _imageLength, layer.Parameters);
            return new ProbeWork(() =>
            {
                for (int sample = 0; sample < ConvolutionSamples; sample++)
                    forward(ref memory.From.Reference, ref memory.Weights.Reference, ref memory.Weights.Reference, ref memory.To.Reference);
            });
        });
        Add(layer, KernelRole.WeightGradient, ConvolutionSamples, () =>
        {
            var memory = new ProbeMemory((long)ConvolutionSamples * training.ActivationsLength, _imageLength, layer.Parameters);
            return new ProbeWork(() =>
            {
                for (nint sample = 0; sample < ConvolutionSamples; sample++)
                    weightGradient(ref memory.From.At(sample * training.ActivationsLength), ref memory.To.Reference, ref memory.Weights.Reference, sample);
            });
        });
        if (inputGradient is null)
            return this;
        return Add(layer, KernelRole.InputGradient, ConvolutionSamples, () =>
        {
            var memory = new ProbeMemory(_imageLength, _imageLength, layer.Parameters);
            return new ProbeWork(() =>
            {
                for (int sample = 0; sample < ConvolutionSamples; sample++)
                    inputGradient(ref memory.From.Reference, ref memory.Weights.Reference, ref memory.To.Reference);
            });
        });
    }

    /// <summary>A dense layer whose gradient with respect to the weights is computed over the whole batch, from inputs and gradients that are already packed, in blocks of one panel by about 256 rows. The gradient with respect to the inputs is computed panel by panel; its kernel transposes the weights itself.</summary>
    public ProbeBuilder Dense(
        string name, DenseKernel forward, DenseWeightGradient weightGradient, DenseInputGradient? inputGradient = null)
    {
        LayerSummary layer = Layer(name);
        Add(layer, KernelRole.Inference, inference.Chunk, () =>
        {
            var memory = new ProbeMemory((long)inference.Chunk * inference.RowLength, (long)inference.Chunk * inference.RowLength, layer.Parameters);
            return new ProbeWork(() =>
                forward(ref memory.From.Reference, ref memory.Weights.Reference, ref memory.Weights.Reference, ref memory.To.Reference, inference.Chunk));
        });
        Add(layer, KernelRole.WeightGradient, TrainingBatch, () =>
        {
            const int width = WeightLayout.PanelWidth;
            int units = layer.OutputShape[0];
            int rows = (layer.Parameters / units) - 1;
            int rowPanels = (rows + width - 1) / width;
            int panels = (units + width - 1) / width;
            int blocks = Math.Max(1, rowPanels / 8);
            const nint stride = (nint)TrainingBatch * width;
            var memory = new ProbeMemory(rowPanels * stride, panels * stride, layer.Parameters);
            return new ProbeWork(() =>
            {
                for (int block = 0; block < blocks; block++)
                {
                    for (int panel = 0; panel < panels; panel++)
                    {
                        int begin = rowPanels * block / blocks;
                        ref float gradient = ref memory.Weights.At((panel * rows * width) + (begin * width * Math.Min(width, units - (panel * width))));
                        weightGradient(
                            ref memory.From.Reference, stride, ref memory.To.Reference, ref gradient, ref gradient, ref gradient, ref gradient, TrainingBatch,
                            begin, rowPanels * (block + 1) / blocks, panel);
                    }
                }
            });
        });
        if (inputGradient is null)
            return this;
        return Add(layer, KernelRole.InputGradient, training.ShardSize, () =>
        {
            int units = layer.OutputShape[0];
            int panels = ((layer.Parameters / units) - 1 + WeightLayout.PanelWidth - 1) / WeightLayout.PanelWidth;
            var memory = new ProbeMemory((long)training.ShardSize * training.ActivationsLength, (long)training.ShardSize * training.ActivationsLength, layer.Parameters);
            var transposed = new AlignedBuffer((long)WeightLayout.PanelWidth * units);
            return new ProbeWork(() =>
            {
                for (int panel = 0; panel < panels; panel++)
                    inputGradient(ref memory.From.Reference, ref memory.Weights.Reference, ref transposed.Reference, ref memory.To.Reference, training.ShardSize, panel);
            });
        });
    }

    private ProbeBuilder Add(LayerSummary layer, KernelRole role, int samples, Func<IWork> prepare)
    {
        _probes.Add(new KernelProbe(layer.Name, Describe(layer), role, samples, prepare));
        return this;
    }

    private LayerSummary Layer(string name) => summary.Layers.Single(layer => layer.Name == name);

    private string Describe(LayerSummary layer)
    {
        int index = summary.Layers.IndexOf(layer);
        IEnumerable<int> input = index == 0 ? summary.InputShape : summary.Layers[index - 1].OutputShape;
        return $"{layer.Description}: {string.Join('×', input)} → {string.Join('×', layer.OutputShape)}";
    }

    private sealed class ProbeWork(Action repetition) : IWork
    {
        public void Run(int count)
        {
            for (int i = 0; i < count; i++)
                repetition();
        }
    }

    /// <summary>What a kernel reads and writes. The values stay far from overflow, also where a kernel adds to its result.</summary>
    private sealed class ProbeMemory
    {
        public ProbeMemory(long from, long to, int parameters)
        {
            From = new AlignedBuffer(from);
            To = new AlignedBuffer(to);
            Weights = new AlignedBuffer(parameters);
            RandomValues.Fill(From.Span, seed: 1, scale: 1e-3f);
            RandomValues.Fill(To.Span, seed: 2, scale: 1e-3f);
            RandomValues.Fill(Weights.Span, seed: 3, scale: 1e-3f);
        }

        public AlignedBuffer From { get; }

        public AlignedBuffer To { get; }

        public AlignedBuffer Weights { get; }
    }
}
