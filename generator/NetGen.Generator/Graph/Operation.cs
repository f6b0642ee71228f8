using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Graph.Tuning;

namespace NetGen.Generator.Graph;

/// <summary>
/// An operation of the graph: it reads tensors and writes one. A layer becomes one or more of them. Each kind of operation is a class in a
/// file of its own, which holds all its rules and kernels; no other code asks for the kind of an operation.
/// </summary>
/// <remarks>
/// If a network needs a member that its kind of operation does not override, the generator throws an exception with the operation's name. A
/// default made for other kinds could emit code that writes outside its memory.
/// </remarks>
internal abstract class Operation
{
    private readonly List<string> _layers;

    /// <summary>Makes the operation of a layer.</summary>
    /// <param name="layer">The name of the layer.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="output">What it writes for one sample.</param>
    protected Operation(string layer, IReadOnlyList<View> inputs, SampleShape output)
    {
        _layers = [layer];
        Inputs = inputs;
        Output = new Tensor(output) { Producer = this };
    }

    /// <summary>The name in generated code: <c>Conv1</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>The layers that the operation stands for: its own, and those that were fused into it.</summary>
    public IReadOnlyList<string> Layers => _layers;

    /// <summary>The layers in words: <c>conv1, relu1, pool1</c>.</summary>
    public string LayerText => string.Join(", ", _layers);

    /// <summary>The tensors that its kernel computes from; operands of the epilogue are not among them.</summary>
    public IReadOnlyList<View> Inputs { get; private set; }

    /// <summary>The first input; most operations have only this one.</summary>
    public View Source => Inputs[0];

    /// <summary>How one sample of <see cref="Source"/> lies in memory.</summary>
    public BufferLayout SourceLayout => Source.Tensor.LayoutAs(Source.Shape);

    /// <summary>The tensor that it writes.</summary>
    public Tensor Output { get; private set; }

    /// <summary>What is fused into its kernel.</summary>
    public Epilogue Epilogue { get; protected set; } = Epilogue.None;

    /// <summary>All that it reads: the operands of the epilogue, then the inputs. Backward computes their gradients in this order.</summary>
    public IEnumerable<View> Reads => Epilogue.Operands.Concat(Inputs);

    /// <summary>Whether one call of the kernel takes all samples of a chunk or shard; otherwise there is a call for each sample.</summary>
    public virtual bool TakesAllSamples => false;

    /// <summary>Whether the kernel takes all samples and writes nothing but the values of its output, whatever lies between and after them.</summary>
    public virtual bool WritesExactly => false;

    /// <summary>
    /// Whether its output may be a slice: the forward kernel leaves out the channels of other tensors between its pixels, and the kernels of its gradients can
    /// read the gradient with respect to the output in such a layout.
    /// </summary>
    public virtual bool WritesSlices => false;

    /// <summary>The first channel of the output that an input becomes, for an operation that joins its inputs; null for all others.</summary>
    /// <param name="input">The position of the input.</param>
    public virtual int? ChannelOf(int input) => null;

    /// <summary>Whether it has nothing to do, because the producers of its inputs have written its output.</summary>
    public virtual bool WritesNothing => false;

    /// <summary>The comment where the call of the forward kernel would stand, if it <see cref="WritesNothing"/>.</summary>
    public virtual string Note => throw Unknown("note");

    /// <summary>Whether the kernel has an epilogue that applies functions; then those of later layers may be fused into it.</summary>
    public virtual bool TakesFunctions => false;

    /// <summary>Whether the kernels know the channel of every value, so that these functions may read values of the channel.</summary>
    public virtual bool KnowsChannels => false;

    /// <summary>Whether max-pooling over windows of this size, without overlap, may be fused into the kernel; see <see cref="Fusion"/>.</summary>
    public virtual bool TakesWindow(int size) => false;

    /// <summary>The operation as a part of the epilogue of the one before it; null if it cannot be fused.</summary>
    public virtual EpiloguePart? AsEpilogue => null;

    /// <summary>
    /// The layer whose units the output shows: training notes which of them are positive. No other function may be fused after it, because it would change
    /// the values: a dropped unit would look as if it had not been positive. Null for most operations.
    /// </summary>
    public string? TrackedLayer { get; set; }

    /// <summary>The operation as a part of the copy of the network's input, if it reads that; null if it does more than to copy or scale it.</summary>
    public virtual InputCopy? AsInputCopy => null;

    /// <summary>The halo of zeros that the kernel needs around an input.</summary>
    public virtual Halo HaloAround(View input) => default;

    /// <summary>The part of an input that the kernel reads, from its first row and column on: all of it, unless a stride or pooling leaves out the last ones.</summary>
    public virtual SampleShape PartRead(View input) => input.Shape;

    /// <summary>Whether the kernels can leave out the last rows and columns of the output; see <see cref="Cropping"/>.</summary>
    public virtual bool CanBeCropped => false;

    /// <summary>Of which number the width of a cropped output must be a multiple, so that the kernels stay as fast.</summary>
    public virtual int WidthMultiple => 1;

    /// <summary>
    /// Whether the kernel reads an input in whole vectors. The last vector may reach beyond the sample, so the kernel must not read the
    /// caller's memory.
    /// </summary>
    public virtual bool ReadsInVectors => true;

    /// <summary>The names of the parameters that its kernels read: <c>conv1.weight</c>.</summary>
    public virtual IReadOnlyList<string> Parameters => [];

    /// <summary>
    /// Whether it has parameters to train. If not, because there are none or the layer is frozen, backward runs no step of <see cref="GradientPurpose.Parameters"/>,
    /// and no other kernel may compute a gradient with respect to a parameter: there is no memory for it.
    /// </summary>
    public bool IsTrained { get; set; }

    /// <summary>Whether its gradients are computed from an input's values.</summary>
    public virtual bool KeepsInputs => true;

    /// <summary>Whether the output that it stored stays until backward: its gradients are computed from it, or what overflowed first is looked for in it.</summary>
    public bool KeepsOutput => Epilogue.NeedsOutput;

    /// <summary>Whether its gradients are computed from the output that it stored.</summary>
    public virtual bool ReadsOutput => Epilogue.NeedsOutput;

    /// <summary>
    /// Whether the kernel sums the gradient with respect to an input in memory, as it does where windows overlap. Then it reads whole vectors
    /// of it, so it must not compute that gradient in the caller's memory.
    /// </summary>
    public virtual bool AddsUpInputGradient => false;

    /// <summary>
    /// The suffixes that its kernels and buffers add to the name of the operation, except those in the list of
    /// <see cref="OperationNames"/>.
    /// </summary>
    public virtual IReadOnlyList<string> NameSuffixes => [];

    /// <summary>The buffers that training needs in addition to tensors and their gradients.</summary>
    public virtual IReadOnlyList<TrainingBuffer> Buffers => [];

    /// <summary>The weights in the orders in which the gradient with respect to the input reads them; none if it reads no weights.</summary>
    public virtual IReadOnlyList<Preparation> BackwardWeights => [];

    /// <summary>The workspace that a worker needs for the gradient with respect to the input where that is computed for the whole batch, in floats.</summary>
    public virtual int BatchWorkspaceLength => 0;

    /// <summary>
    /// The weight gradient, where it is computed over the whole batch instead of by shards; otherwise null. No other step of backward may read the operation's inputs: where these are
    /// the network's, they may be in the caller's memory.
    /// </summary>
    public virtual WholeBatchGradient? WholeBatch => null;

    /// <summary>What the operation reduces over the whole batch in training; null for most, which take each sample by itself.</summary>
    public virtual BatchReduction? Reduction => null;

    /// <summary>Weights that forward reads in another order than they are stored in, or transformed; none for most.</summary>
    public virtual IReadOnlyList<Preparation> ForwardWeights => [];

    /// <summary>The memory that the forward kernel needs while it computes a sample, in floats; 0 for most.</summary>
    public virtual int ForwardWorkspace => 0;

    /// <summary>How threads share the operation when a call predicts few samples; null if they do not. Its forward kernel at inference then takes a range of rows or panels.</summary>
    public virtual Sharing? Sharing => null;

    /// <summary>The multiply-adds of one sample; for an operation without products, its values.</summary>
    public virtual long Cost => throw Unknown("cost");

    /// <summary>How the code is written, for the summary: <c>register tiles</c> or <c>loop</c>.</summary>
    public virtual string Form => throw Unknown("form");

    /// <summary>What the operation computes, for the comment above its kernel, without the layers' names.</summary>
    protected virtual string Description => throw Unknown("description");

    /// <summary>The comment above the forward kernel.</summary>
    public string Summary => $"{LayerText}: {Source}{Description} → {Output.Shape.PartOf(Output.Whole)}{Epilogue.Description}."
        + (Output.Shape == Output.Whole ? "" : " Nothing reads the other positions, so they are not computed.");

    /// <summary>The forward kernel.</summary>
    public virtual Kernel Forward(PassMemory memory) => throw Unknown("forward kernel");

    /// <summary>The kernel that computes a shard's part of <see cref="Reduction"/>, before the forward kernel; null where there is none.</summary>
    public virtual Kernel? Statistics(TrainingMemory memory) => null;

    /// <summary>
    /// The kernels that compute the gradients with respect to parameters and inputs from the one with respect to <see cref="Output"/>,
    /// in the order in which they run. Those with respect to the operands of the epilogue come before, and are the same for all kinds; see
    /// <see cref="OperandGradientKernels"/>.
    /// </summary>
    public virtual IEnumerable<GradientStep> Backward(TrainingMemory memory) => throw Unknown("gradient");

    /// <summary>What the unrolled code of one sample costs; null if the operation cannot be unrolled.</summary>
    public virtual Unrolled? Unrolled => null;

    /// <summary>Writes the unrolled code of one sample, without loops and calls; only for operations that have <see cref="Unrolled"/>.</summary>
    public virtual void WriteUnrolled(KernelWriter writer, UnrolledSample sample) => throw Unknown("code without loops");

    /// <summary>The kernel parameters that determine the mask: the key of the sample, or, for a kernel that takes all samples, the parts of a key.</summary>
    public IReadOnlyList<KernelParameter> MaskParameters() => Epilogue.Mask is not { } mask ? []
        : !TakesAllSamples ? [new("ulong", "key", new MaskKey(mask.Layer))]
        : [new("ulong", "seed", new MaskSeed()), new("long", "step", new MaskStep()), new("int", "firstSample", new FirstSample())];

    /// <summary>Whether this operation adds the gradient with respect to an input to the sum of other readers, instead of storing it.</summary>
    protected bool AddsInputGradient(TrainingMemory memory, int input = 0) => memory.Graph.AddsGradient(this, Epilogue.Operands.Count() + input);

    /// <summary>The exception for a member that this kind of operation does not override.</summary>
    protected InvalidOperationException Unknown(string what) =>
        new($"No {what} is known for the operation '{(Name.Length > 0 ? Name : LayerText)}' of the kind {GetType().Name}.");

    /// <summary>Reads a tensor in the shape that it has now.</summary>
    public void CropInput(Tensor tensor) => Inputs = [.. Inputs.Select(view => view.Tensor == tensor ? new View(tensor, tensor.Shape) : view)];

    /// <summary>Fuses the next operation, the only reader of this one's output, into the epilogue.</summary>
    public void Fuse(Operation next, Epilogue epilogue)
    {
        // If a Flatten is between the two, the output keeps its shape of an image, in which this operation's kernel writes it.
        bool sameShape = next.Source.Shape == Output.Shape;
        SampleShape shape = sameShape ? next.Output.Shape : Output.Shape;
        Epilogue = epilogue;
        TrackedLayer ??= next.TrackedLayer;
        _layers.AddRange(next._layers);
        Output = next.Output;
        Output.Producer = this;
        Output.Shape = shape;
    }
}
