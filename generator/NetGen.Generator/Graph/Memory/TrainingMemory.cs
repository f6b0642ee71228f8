using NetGen.Generator.Graph.Tuning;

namespace NetGen.Generator.Graph.Memory;

/// <summary>
/// The memory of a training pass. Each sample of the batch has its own activations: all tensors but an input that is read in place, and those gradients that must exist for all
/// samples at once. Each worker has a workspace: the other gradients, of the one sample that it computes, and sums over the samples of a shard.
/// </summary>
/// <remarks>
/// Values that backward reads keep their memory until the next forward, because a caller may ask for the gradients with respect to the inputs
/// more than once. All other values, and most gradients, share memory by lifetime.
/// </remarks>
internal sealed class TrainingMemory : PassMemory
{
    private readonly NetworkGraph _graph;
    private readonly int[] _values;
    private readonly int[] _gradients;
    private readonly Dictionary<TrainingBuffer, int> _buffers = [];
    private readonly Dictionary<Operation, int> _workspaces = [];

    public TrainingMemory(NetworkGraph graph)
    {
        _graph = graph;
        _values = new int[graph.Tensors.Count];
        _gradients = new int[graph.Tensors.Count];
        WholeBatchWeights = new HashSet<string>(
            graph.Operations.Select(operation => operation.WholeBatch).OfType<Kernels.WholeBatchGradient>().Select(whole => whole.Weight), StringComparer.Ordinal);
        IsUnrolled = Unrolled.IsWorth(graph.Operations);
        ReadsCaller = graph.Input.Readers.Count == 1 && graph.ReadsInPlace(graph.Input.Readers[0]) && graph.Input.Readers[0] is { TakesAllSamples: true } first
            && (first.WholeBatch is not null || !first.KeepsInputs);
        ShardSize = Sharding.SizeOf(graph.Operations);

        Region activations = new();
        Region workspace = new();
        foreach (Tensor tensor in graph.Tensors)
        {
            Tensor[] parts = [.. graph.TensorsIn(tensor)];
            if (parts.Length > 0 && !IsOfCaller(tensor))
                activations.Add(new(tensor.Layout, parts.Min(part => part.Id), LastUse(tensor)), offset => _values[tensor.Id] = offset);

            // Each operation adds its buffers once, with the tensor of its first input.
            foreach (TrainingBuffer buffer in tensor.Readers.Distinct().Where(reader => reader.Inputs[0].Tensor == tensor).SelectMany(reader => reader.Buffers))
            {
                if (buffer.InBackward)
                    AddInBackward(workspace, buffer);
                else
                    activations.Add(new(buffer.Layout, buffer.Operation.Output.Id, MemoryNeed.Always), offset => _buffers[buffer] = offset);
            }

            if (parts.Length > 0 && HasGradient(tensor))
            {
                int from = tensor == graph.Output ? LossTime : BackwardOf(tensor.Readers[tensor.Readers.Count - 1]);

                // Backward of the producer is the last to read a gradient. Gradients of two kinds are kept until the next forward: those that a
                // weight gradient over the whole batch reads after all shards, and the gradient with respect to the network's input, which is copied to the caller.
                int to = parts.Max(part => part.Producer is { WholeBatch: null } producer ? BackwardOf(producer) : MemoryNeed.Always);
                (IsGradientInActivations(tensor) ? activations : workspace).Add(new(new(tensor.Shape, default), from, to), offset => _gradients[tensor.Id] = offset);
            }
        }

        foreach (Operation operation in graph.Operations.Where(operation => operation.ForwardWorkspace > 0))
        {
            BufferLayout layout = new(new SampleShape(1, 1, operation.ForwardWorkspace), default);
            workspace.Add(new(layout, operation.Output.Id, operation.Output.Id), offset => _workspaces.Add(operation, offset));
        }

        ActivationsLength = Spread(activations.Place());
        SampleWorkspaceLength = MemoryPlanner.WholeLines(workspace.Place());

        // A panel has memory of its own: the values of a sample lie in zeros that are written only when the memory is allocated.
        WorkspaceLength = SampleWorkspaceLength + graph.BatchLayers.Where(TransposesPanels).Select(operation => operation.BatchWorkspaceLength).DefaultIfEmpty(0).Max();
    }

    public override bool IsTraining => true;

    public override bool IsUnrolled { get; }

    /// <summary>The most samples of a shard, unless the batch is very large.</summary>
    public int ShardSize { get; }

    /// <summary>The activations of one sample, in floats.</summary>
    public int ActivationsLength { get; }

    /// <summary>The workspace of one worker, in floats: for the values of one sample and the sums of a shard, then for what a batch layer needs while it is computed.</summary>
    public int WorkspaceLength { get; }

    /// <summary>The part of the workspace that has the values of one sample and the sums of a shard.</summary>
    public int SampleWorkspaceLength { get; }

    /// <summary>The names of the weights whose gradient is computed over the whole batch.</summary>
    public ISet<string> WholeBatchWeights { get; }

    /// <summary>The graph.</summary>
    public NetworkGraph Graph => _graph;

    public override Sharing? SharingOf(Operation operation) => _graph.BatchLayers.Contains(operation) ? operation.Sharing : null;

    /// <summary>
    /// Whether the gradient with respect to an operation's input is computed for the whole batch, panel by panel, with weights that are transposed into the workspace;
    /// otherwise it is computed by shards, with weights that were packed before.
    /// </summary>
    public bool TransposesPanels(Operation operation) => SharingOf(operation) is not null && HasGradient(operation.Source.Tensor)
        && RegisterTile.Panels(operation.Source.Shape.Length) >= DenseTiling.LeastTransposedPanels;

    /// <summary>
    /// Whether the caller's memory serves as the network's input: only a dense layer reads it, and backward reads a packed copy or nothing, because
    /// the caller may write other samples there meanwhile.
    /// </summary>
    public bool ReadsCaller { get; }

    /// <summary>Whether a tensor is the network's input, in the caller's memory.</summary>
    public bool IsOfCaller(Tensor tensor) => tensor == _graph.Input && ReadsCaller;

    public override int SampleStride(Tensor tensor) => IsOfCaller(tensor) ? tensor.Shape.Length : ActivationsLength;

    /// <summary>The offset of a tensor among the activations of a sample.</summary>
    public int OffsetOf(Tensor tensor) => _values[tensor.Home.Tensor.Id] + tensor.Home.Channel;

    /// <summary>The offset of the gradient with respect to a tensor, among the activations or in the workspace.</summary>
    public int GradientOffsetOf(Tensor tensor) => _gradients[tensor.Home.Tensor.Id] + tensor.Home.Channel;

    /// <summary>
    /// Whether the gradient with respect to the network's input is computed in the memory of the pass and then copied to the caller: kernels that add up the
    /// gradients of several readers or windows read and write whole vectors, which may reach beyond the caller's memory. Of an input that is scaled, the gradient is scaled where it is copied.
    /// </summary>
    public bool CopiesInputGradient => _graph.InputCopy?.Function is not null || _graph.Input.Readers.Count > 1 || _graph.Input.Readers[0].AddsUpInputGradient;

    /// <summary>Whether the pass has memory for the gradient with respect to a tensor; that of the network's input may go straight to the caller's memory.</summary>
    public bool HasGradient(Tensor tensor) => tensor != _graph.Input || CopiesInputGradient;

    /// <summary>Whether the gradient with respect to a tensor exists for every sample, so that it lies among the activations.</summary>
    public bool IsGradientInActivations(Tensor tensor) => tensor == _graph.Input || _graph.IsGradientForAllSamples(tensor);

    /// <summary>The offset of a buffer, among the activations or in the workspace.</summary>
    public int OffsetOf(TrainingBuffer buffer) => _buffers[buffer];

    /// <summary>The offset of the workspace of a forward kernel, in that of the worker.</summary>
    public int WorkspaceOf(Operation operation) => _workspaces[operation];

    /// <summary>Whether a tensor still has its values when forward has ended.</summary>
    public bool IsKept(Tensor tensor) => tensor == _graph.Output || LastUse(tensor) == MemoryNeed.Always;

    private void AddInBackward(Region workspace, TrainingBuffer buffer)
    {
        int time = BackwardOf(buffer.Operation);
        if (!buffer.IsOfShard)
        {
            workspace.Add(new(buffer.Layout, time, time), offset => _buffers[buffer] = offset);
            return;
        }

        // The operations of a segment run sample by sample. Those steps of a reduction that wait for it run with the phase before: they are the second half of its time.
        IReadOnlyList<IReadOnlyList<Segment>> phases = _graph.Phases;
        int phase = Enumerable.Range(0, phases.Count).First(p => phases[p].Any(IsIts));
        IReadOnlyList<Operation> operations = phases[phase].First(IsIts).Operations;
        Operation? waiting = phase + 1 < phases.Count && phases[phase + 1].Count > 0 ? phases[phase + 1][0].Operations[0] : null;
        workspace.AddHalves(
            new(
                buffer.Layout,
                waiting is null ? 2 * operations.Min(BackwardOf) : (2 * BackwardOf(waiting)) + 1,
                (2 * operations.Max(BackwardOf)) + (operations[0].Reduction is null ? 1 : 0)),
            offset => _buffers[buffer] = offset);

        bool IsIts(Segment segment) => segment.Operations.Contains(buffer.Operation);
    }

    /// <summary>The last use of a tensor or of another one in the same memory.</summary>
    private int LastUse(Tensor tensor) => _graph.TensorsIn(tensor.Home.Tensor).Max(LastUseOfItself);

    private int LastUseOfItself(Tensor tensor)
    {
        bool kept = tensor.Producer is { KeepsOutput: true } || tensor.Readers.Exists(reader =>
            (reader.KeepsInputs && reader.Inputs.Any(view => view.Tensor == tensor))
            || reader.Epilogue.WithOperand.Any(function => function.KeepsOperand && function.Operand!.Value.Tensor == tensor));
        return kept ? MemoryNeed.Always
            : tensor == _graph.Output ? LossTime
            : tensor.Readers.Max(reader => reader.Output.Id);
    }

    // Times: forward runs the operation that writes tensor i at time i; then comes the loss; then backward, in reverse order.
    private int LossTime => _graph.Tensors.Count;

    private int BackwardOf(Operation operation) => (2 * LossTime) - operation.Output.Id;

    // The buffers of one memory; each gets its offset after all are placed.
    private sealed class Region
    {
        private readonly List<MemoryNeed> _needs = [];
        private readonly List<Action<int>> _set = [];

        public void Add(MemoryNeed need, Action<int> set) =>
            AddHalves(need with { From = 2 * need.From, To = need.To == MemoryNeed.Always ? MemoryNeed.Always : (2 * need.To) + 1 }, set);

        /// <summary>Adds a buffer whose lifetime is given in halves of times.</summary>
        public void AddHalves(MemoryNeed need, Action<int> set)
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
