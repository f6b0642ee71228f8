using NetGen.Generator.Graph.Tuning;

namespace NetGen.Generator.Graph.Memory;

/// <summary>
/// The memory of a training pass: a record for every sample of the batch holds what backward needs; a scratch for every worker holds what
/// only one sample at a time needs: the gradients inside a segment that goes sample by sample.
/// </summary>
/// <remarks>
/// Values that backward reads stay where they are until the next forward, because gradients with respect to the inputs may be asked for
/// again and again. The others, and the gradients, share memory by their lifetimes.
/// </remarks>
internal sealed class TrainingMemory : PassMemory
{
    private readonly NetworkGraph _graph;
    private readonly int[] _values;
    private readonly int[] _gradients;
    private readonly Dictionary<TrainingBuffer, int> _buffers = [];

    public TrainingMemory(NetworkGraph graph)
    {
        _graph = graph;
        _values = new int[graph.Tensors.Count];
        _gradients = new int[graph.Tensors.Count];
        WholeBatchWeights = new HashSet<string>(
            graph.Operations.Select(operation => operation.WholeBatch).OfType<Kernels.WholeBatchGradient>().Select(whole => whole.Weight), StringComparer.Ordinal);
        ShardSize = Sharding.SizeOf(graph.Operations);

        Layouts record = new();
        Layouts scratch = new();
        foreach (Tensor tensor in graph.Tensors)
        {
            record.Add(new(tensor.Layout, tensor.Id, LastUse(tensor)), offset => _values[tensor.Id] = offset);
            foreach (TrainingBuffer buffer in tensor.Readers.Distinct().Where(reader => reader.Inputs[0].Tensor == tensor).SelectMany(reader => reader.Buffers))
            {
                if (buffer.InBackward)
                    scratch.Add(new(buffer.Layout, buffer.Written, BackwardOf(buffer.Operation), BackwardOf(buffer.Operation)), offset => _buffers[buffer] = offset);
                else
                    record.Add(new(buffer.Layout, buffer.Written, buffer.Operation.Output.Id, MemoryNeed.Always), offset => _buffers[buffer] = offset);
            }

            if (HasGradient(tensor))
            {
                int from = tensor == graph.Output ? End(graph) : BackwardOf(tensor.Readers[tensor.Readers.Count - 1]);
                int to = tensor.Producer is { WholeBatch: null } producer ? BackwardOf(producer) : MemoryNeed.Always;
                (IsGradientInRecord(tensor) ? record : scratch).Add(new(new(tensor.Shape, default), from, to), offset => _gradients[tensor.Id] = offset);
            }
        }

        RecordLength = Spread(record.Place());
        ScratchLength = scratch.Place();
    }

    public override bool IsTraining => true;

    public override int ShardSize { get; }

    /// <summary>Floats for one sample.</summary>
    public int RecordLength { get; }

    /// <summary>Floats for one worker.</summary>
    public int ScratchLength { get; }

    /// <summary>The names of the weights whose gradient is computed over the whole batch.</summary>
    public ISet<string> WholeBatchWeights { get; }

    /// <summary>The graph.</summary>
    public NetworkGraph Graph => _graph;

    public override int SampleStride(Tensor tensor) => RecordLength;

    /// <summary>The offset of a tensor in a sample's record.</summary>
    public int OffsetOf(Tensor tensor) => _values[tensor.Id];

    /// <summary>The offset of the gradient with respect to a tensor, in the record or in the scratch.</summary>
    public int GradientOffsetOf(Tensor tensor) => _gradients[tensor.Id];

    /// <summary>
    /// Whether the gradient with respect to the network's input is computed here and then copied: where it is added up from several
    /// readers or windows, whole vectors are read of it, which the caller's memory has no room for.
    /// </summary>
    public bool CopiesInputGradient => _graph.Input.Readers.Count > 1 || _graph.Input.Readers[0].AddsUpInputGradient;

    /// <summary>Whether there is memory for the gradient with respect to a tensor; the one with respect to the network's input goes to the caller.</summary>
    public bool HasGradient(Tensor tensor) => tensor != _graph.Input || CopiesInputGradient;

    /// <summary>Whether the gradient with respect to a tensor exists for every sample.</summary>
    public bool IsGradientInRecord(Tensor tensor) => tensor == _graph.Input || _graph.IsForAllSamples(tensor);

    /// <summary>The offset of a buffer, in the record or in the scratch.</summary>
    public int OffsetOf(TrainingBuffer buffer) => _buffers[buffer];

    private int LastUse(Tensor tensor)
    {
        bool kept = tensor.Producer is { KeepsOutput: true } || tensor.Readers.Exists(reader =>
            (reader.KeepsInputs && reader.Inputs.Any(view => view.Tensor == tensor))
            || reader.Epilogue.WithOperand.Any(function => function.KeepsOperand && function.Operand!.Value.Tensor == tensor));
        return kept ? MemoryNeed.Always
            : tensor == _graph.Output ? End(_graph)
            : tensor.Readers.Max(reader => reader.Output.Id);
    }

    // Forward runs operation i at time i, the loss at the end, and backward comes after it.
    private static int End(NetworkGraph graph) => graph.Tensors.Count;

    private int BackwardOf(Operation operation) => (2 * End(_graph)) - operation.Output.Id;

    private sealed class Layouts
    {
        private readonly List<MemoryNeed> _needs = [];
        private readonly List<Action<int>> _set = [];

        public void Add(MemoryNeed need, Action<int> set)
        {
            _needs.Add(need);
            _set.Add(set);
        }

        public int Place()
        {
            (int[] offsets, int length) = MemoryPlanner.Place(_needs);
            for (int i = 0; i < offsets.Length; i++)
                _set[i](offsets[i]);
            return length;
        }
    }
}
