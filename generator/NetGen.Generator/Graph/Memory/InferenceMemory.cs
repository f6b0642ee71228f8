using NetGen.Generator.Graph.Tuning;

namespace NetGen.Generator.Graph.Memory;

/// <summary>The memory that holds a tensor at inference.</summary>
internal enum InferencePlace
{
    /// <summary>The caller's memory: the kernels read the input there, without a copy.</summary>
    Caller,

    /// <summary>The caller's memory for the outputs, sample after sample: the last kernel writes there, and the head changes them in place.</summary>
    Outputs,

    /// <summary>The row of a sample: each sample of a chunk has one.</summary>
    Row,

    /// <summary>The memory of the one sample that is computed at a time.</summary>
    Sample,
}

/// <summary>
/// The memory of a worker at inference. Each sample of a chunk has a row, for tensors that operations on all samples read or write. Tensors
/// between operations that go sample by sample are in memory for only one sample.
/// </summary>
internal sealed class InferenceMemory : PassMemory
{
    private readonly NetworkGraph _graph;
    private readonly int[] _offsets;
    private readonly InferencePlace[] _places;
    private readonly Dictionary<Operation, int> _workspaces = [];

    public InferenceMemory(NetworkGraph graph)
    {
        _graph = graph;
        SharesSamples = Sharing.SharesSamples(graph.Operations);
        _offsets = new int[graph.Tensors.Count];
        _places = [.. graph.Tensors.Select(PlaceIn)];
        IsUnrolled = !CopiesInput && Unrolled.IsWorth(graph.Operations);
        RowLength = Spread(Give(InferencePlace.Row));
        SampleLength = Give(InferencePlace.Sample);
    }

    /// <summary>The network whose values are placed.</summary>
    public NetworkGraph Graph => _graph;

    public override bool IsTraining => false;

    public override bool IsUnrolled { get; }

    /// <summary>Whether threads share layers also where there are a few samples.</summary>
    public bool SharesSamples { get; }

    public override Sharing? SharingOf(Operation operation) => SharesSamples && !operation.TakesAllSamples ? null : operation.Sharing;

    /// <summary>Floats for one sample of a chunk.</summary>
    public int RowLength { get; }

    /// <summary>Floats for the values that exist for one sample only, and for the workspaces of kernels.</summary>
    public int SampleLength { get; }

    /// <summary>The same without workspaces.</summary>
    public int SampleValuesLength { get; private set; }

    /// <summary>Whether the network's input is copied: because it may come as bytes, is scaled, needs a halo, or kernels read whole vectors beyond its end.</summary>
    public bool CopiesInput => _places[0] != InferencePlace.Caller;

    /// <summary>The memory that holds a tensor.</summary>
    public InferencePlace PlaceOf(Tensor tensor) => _places[tensor.Id];

    /// <summary>The offset of a tensor in its row, or in the memory of the one sample.</summary>
    public int OffsetOf(Tensor tensor) => _offsets[tensor.Home.Tensor.Id] + tensor.Home.Channel;

    /// <summary>Whether the last kernel writes to the caller's memory.</summary>
    public bool WritesOutputs => PlaceOf(_graph.Output) == InferencePlace.Outputs;

    public override int SampleStride(Tensor tensor) => PlaceOf(tensor) is InferencePlace.Caller or InferencePlace.Outputs ? tensor.Shape.Length : RowLength;

    private InferencePlace PlaceIn(Tensor tensor)
    {
        if (tensor == _graph.Input && tensor.Readers.TrueForAll(_graph.ReadsInPlace))
            return InferencePlace.Caller;
        if (tensor == _graph.Output && tensor.Readers.Count == 0 && tensor.Producer is { WritesExactly: true } last && SharingOf(last) is null && !ReadsCaller(last))
            return InferencePlace.Outputs;
        return _graph.IsForAllSamples(tensor) ? InferencePlace.Row : InferencePlace.Sample;

        // The caller may give the same memory for inputs and outputs, so the last kernel must not read the inputs.
        bool ReadsCaller(Operation last) => last.Reads.Any(view => view.Tensor == _graph.Input);
    }

    /// <summary>The offset of the workspace of a forward kernel, in the memory of the one sample.</summary>
    public int WorkspaceOf(Operation operation) => _workspaces[operation];

    private int Give(InferencePlace place)
    {
        Tensor[] tensors = [.. _graph.Tensors.Where(tensor => tensor.Slice is null && PlaceOf(tensor) == place)];
        Operation[] operations = [.. _graph.Operations.Where(operation => operation.ForwardWorkspace > 0 && place == InferencePlace.Sample)];
        if (place == InferencePlace.Sample)
            SampleValuesLength = MemoryPlanner.Place([.. tensors.Select(Need)]).Length;
        (int[] offsets, int length) = MemoryPlanner.Place([.. tensors.Select(Need), .. operations.Select(Workspace)]);
        for (int i = 0; i < tensors.Length; i++)
            _offsets[tensors[i].Id] = offsets[i];
        for (int i = 0; i < operations.Length; i++)
            _workspaces.Add(operations[i], offsets[tensors.Length + i]);
        return length;
    }

    private static MemoryNeed Workspace(Operation operation) =>
        new(new BufferLayout(new SampleShape(1, 1, operation.ForwardWorkspace), default), operation.Output.Id, operation.Output.Id);

    private MemoryNeed Need(Tensor tensor) => new(
        tensor.Layout,
        _graph.TensorsIn(tensor).Min(part => part.Id),
        tensor == _graph.Output ? MemoryNeed.Always : tensor.Readers.Max(reader => reader.Output.Id));
}
