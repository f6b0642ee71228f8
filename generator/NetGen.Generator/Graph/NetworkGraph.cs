using NetGen.Generator.Graph.Losses;
using NetGen.Generator.Model;

namespace NetGen.Generator.Graph;

/// <summary>A layer that can lower itself to operations.</summary>
internal interface ILowered
{
    /// <summary>Adds the layer's operations to the graph.</summary>
    void Lower(GraphBuilder graph);
}

/// <summary>The operations of a network in the order in which they run, and the tensors between them.</summary>
internal sealed class NetworkGraph
{
    private readonly List<Operation> _operations;
    private readonly List<Tensor> _tensors = [];
    private readonly HashSet<Tensor> _needingGradient = [];
    private readonly HashSet<Tensor> _forAllSamples = [];
    private readonly HashSet<Tensor> _gradientForAllSamples = [];

    private NetworkGraph(NetworkModel model, GraphBuilder builder)
    {
        IsTraining = builder.IsTraining;
        TakesBytes = model.InputType == InputKind.UInt8;
        Input = builder.Input;
        Head = builder.Head;
        HeadLayer = builder.HeadLayer;
        _operations = [.. builder.Operations];
        HashSet<string> trained = new(
            from layer in model.Layers.Items
            from parameter in layer.Parameters.Items
            where layer.RoleOf(parameter) == ParameterRole.Trained
            select layer.Name + "." + parameter.Name,
            StringComparer.Ordinal);
        foreach (Operation operation in _operations)
            operation.IsTrained = operation.Parameters.Any(trained.Contains);
        Link();
    }

    /// <summary>Lowers the layers of a network.</summary>
    /// <param name="model">The network.</param>
    /// <param name="training">Whether the graph is for training: with dropout, and for gradients.</param>
    public static NetworkGraph Of(NetworkModel model, bool training)
    {
        NetworkGraph graph = new(model, GraphBuilder.Lower(model, training));
        Fusion.Run(graph);
        graph.FoldIntoInput();
        Cropping.Run(graph._operations);
        OperationNames names = new();
        foreach (Operation operation in graph._operations)
            operation.Name = names.Take(operation);
        Slices.Assign(graph._operations);

        // A slice has the halo of the tensor it lies in. That tensor comes later in the list, so this goes backwards.
        foreach (Tensor tensor in graph._tensors.AsEnumerable().Reverse())
        {
            tensor.Layout = tensor.Slice is { Whole.Layout: var whole }
                ? new(tensor.Shape, whole.Halo) { Pitch = whole.PixelStride }
                : new(tensor.Shape, graph.HaloOf(tensor));
        }

        if (graph._tensors.Find(tensor => tensor.Readers.Count == 0 && tensor != graph.Output) is { } unread)
        {
            throw new InvalidOperationException(
                $"No operation reads the output of '{unread.Name}', which is not the network's output: the next operation must have it among its inputs.");
        }

        foreach (Operation operation in graph._operations)
        {
            if (operation.IsTrained || operation.Reads.Any(view => graph.NeedsGradient(view.Tensor)))
                graph._needingGradient.Add(operation.Output);
        }

        graph.Segments = Segment.Split(graph._operations);
        graph.Phases = Segment.Phases(graph.Segments);
        graph.BatchLayers = Segment.BatchLayers(graph.Segments);
        graph.FindWhatIsForAllSamples();
        graph.FindGradientsForAllSamples();
        return graph;
    }

    public bool IsTraining { get; }

    /// <summary>Whether samples may come as bytes, which are converted where the input is copied.</summary>
    public bool TakesBytes { get; }

    /// <summary>The network's input, after <see cref="InputCopy"/>.</summary>
    public Tensor Input { get; private set; }

    /// <summary>The layers that the copy of the input stands for; null for none.</summary>
    public InputCopy? InputCopy { get; private set; }

    /// <summary>The values before the head (before Softmax: the logits), from which it computes outputs and loss.</summary>
    public Tensor Output => _tensors[_tensors.Count - 1];

    /// <summary>The output function and the loss.</summary>
    public Head Head { get; }

    /// <summary>The layer that declares the head; null if none does, and the head is only the loss.</summary>
    public string? HeadLayer { get; }

    /// <summary>The operations, each after those whose outputs it reads.</summary>
    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>The network's input, then the output of each operation.</summary>
    public IReadOnlyList<Tensor> Tensors => _tensors;

    /// <summary>The operations in segments, which either go sample by sample or take all samples.</summary>
    public IReadOnlyList<Segment> Segments { get; private set; } = [];

    /// <summary>
    /// The segments in phases of training. Between two phases runs the reduction over the whole batch that the first operation of the second one needs, or
    /// one of <see cref="BatchLayers"/>.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<Segment>> Phases { get; private set; } = [];

    /// <summary>
    /// The dense layers that training computes for the whole batch, panel by panel: their weights are read from memory once for all samples, and threads share the panels.
    /// </summary>
    public IReadOnlyList<Operation> BatchLayers { get; private set; } = [];

    /// <summary>Whether an operation that reads the network's input can read it in the caller's memory: as it comes, without a halo, and nothing beyond its end.</summary>
    public bool ReadsInPlace(Operation reader) => !TakesBytes && InputCopy?.Function is null && Input.Layout.IsContiguous
        && !reader.ReadsInVectors && !reader.Epilogue.Operands.Any(view => view.Tensor == Input);

    /// <summary>The operation that alone reads what another one writes; null if there is none or more than one.</summary>
    public Operation? OnlyReaderOf(Operation operation) => operation.Output.Readers.Count == 1 ? operation.Output.Readers[0] : null;

    /// <summary>Removes an operation that was fused into another one.</summary>
    public void Remove(Operation operation)
    {
        _operations.Remove(operation);
        Link();
    }

    /// <summary>Whether a tensor must exist for all samples at once; otherwise only one segment uses it, sample by sample.</summary>
    public bool IsForAllSamples(Tensor tensor) => _forAllSamples.Contains(tensor.Home.Tensor);

    /// <summary>Whether the gradient with respect to a tensor must exist for all samples at once; otherwise backward uses it sample by sample in one segment.</summary>
    public bool IsGradientForAllSamples(Tensor tensor) => _gradientForAllSamples.Contains(tensor.Home.Tensor);

    /// <summary>Whether the loss depends on parameters to train through this tensor, so that backward needs the gradient with respect to it.</summary>
    public bool NeedsGradient(Tensor tensor) => _needingGradient.Contains(tensor);

    /// <summary>
    /// Whether an operation adds its gradient with respect to a tensor to the sum of other readers, instead of storing it. The gradient of a
    /// tensor with several readers is the sum of theirs. Backward goes from the last reader to the first, so the last one stores.
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="read">The position of the tensor among those that it reads.</param>
    public bool AddsGradient(Operation operation, int read)
    {
        Tensor tensor = operation.Reads.ElementAt(read).Tensor;
        return tensor.Readers[tensor.Readers.Count - 1] != operation
            || operation.Reads.Take(read).Any(view => view.Tensor == tensor);
    }

    /// <summary>All tensors that lie in the memory of one, itself among them.</summary>
    public IEnumerable<Tensor> TensorsIn(Tensor home) => _tensors.Where(tensor => tensor.Home.Tensor == home);

    /// <summary>Lets the copy of the input scale its values or give them another shape, if that is all that the first operations do and nothing else reads the input.</summary>
    private void FoldIntoInput()
    {
        while (Input.Readers.Count == 1 && Input.Readers[0] is { AsInputCopy: { } copy } first && first.Output.Readers.Count > 0)
        {
            if (InputCopy?.Function is not null && copy.Function is not null)
                return;
            InputCopy = new([.. InputCopy?.Layers ?? [], .. copy.Layers], InputCopy?.Function ?? copy.Function);
            Input = first.Output;
            Input.Producer = null;
            Remove(first);
        }
    }

    /// <summary>The zeros that the readers of a tensor need around it. They lie around the shape that it is written in.</summary>
    public Halo HaloOf(Tensor tensor)
    {
        Halo halo = default;
        foreach (Operation reader in tensor.Readers.Distinct())
        {
            foreach (View input in reader.Inputs.Where(input => input.Tensor == tensor))
                halo = halo.Union(reader.HaloAround(input));
        }

        return halo;
    }

    private void FindGradientsForAllSamples()
    {
        Dictionary<Tensor, Segment> touchedBy = [];
        _gradientForAllSamples.Add(Output);
        Segment? before = null;
        foreach (Segment segment in Segments)
        {
            foreach (Operation operation in segment.Operations)
            {
                // After a reduction in backward, the loop over the samples of the segment before computes the gradient with respect to the input.
                bool waits = operation.Reduction is not null;
                Touch(operation.Output, waits ? null : segment);
                foreach (View operand in operation.Epilogue.Operands)
                    Touch(operand.Tensor, segment);
                foreach (View input in operation.Inputs)
                    Touch(input.Tensor, waits ? before : segment);
            }

            before = segment;
        }

        void Touch(Tensor part, Segment? segment)
        {
            // The gradients with respect to the slices of a tensor lie in that of the tensor.
            Tensor tensor = part.Home.Tensor;
            if (segment is null || segment.TakesAllSamples || (touchedBy.TryGetValue(tensor, out Segment? other) && other != segment))
                _gradientForAllSamples.Add(tensor);
            else
                touchedBy[tensor] = segment;
        }
    }

    private void FindWhatIsForAllSamples()
    {
        Dictionary<Tensor, Segment> touchedBy = [];
        _forAllSamples.Add(Output);
        foreach (Segment segment in Segments)
        {
            foreach (Operation operation in segment.Operations)
            {
                foreach (Tensor tensor in operation.Reads.Select(view => view.Tensor).Append(operation.Output).Select(tensor => tensor.Home.Tensor))
                {
                    if (segment.TakesAllSamples || (touchedBy.TryGetValue(tensor, out Segment? other) && other != segment))
                        _forAllSamples.Add(tensor);
                    touchedBy[tensor] = segment;
                }
            }
        }
    }

    private void Link()
    {
        _tensors.Clear();
        _tensors.Add(Input);
        _tensors.AddRange(_operations.Select(operation => operation.Output));
        for (int i = 0; i < _tensors.Count; i++)
        {
            _tensors[i].Id = i;
            _tensors[i].Readers.Clear();
        }

        foreach (Operation operation in _operations)
        {
            foreach (View view in operation.Reads)
                view.Tensor.Readers.Add(operation);
        }
    }
}
