using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Graph.Tuning;

namespace NetGen.Generator.Graph;

/// <summary>
/// What a layer becomes in the plan: it reads tensors and writes one. Each kind is a class in a file of its own that says all there is to
/// know of it; nothing else asks which kind an operation is of.
/// </summary>
/// <remarks>
/// A kind that leaves out a member which a network comes to need stops the generator with its name: code that was written for another kind
/// would write over its neighbours' memory.
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
    public IReadOnlyList<View> Inputs { get; }

    /// <summary>The first input, which most have alone.</summary>
    public View Source => Inputs[0];

    /// <summary>The tensor that it writes.</summary>
    public Tensor Output { get; private set; }

    /// <summary>What is fused into its kernel.</summary>
    public Epilogue Epilogue { get; protected set; } = Epilogue.None;

    /// <summary>All that it reads: the operands of the epilogue, then the inputs. In this order their gradients are computed.</summary>
    public IEnumerable<View> Reads => Epilogue.Operands.Concat(Inputs);

    /// <summary>Whether one call takes all samples of a chunk or shard, and not one call each sample.</summary>
    public virtual bool TakesAllSamples => false;

    /// <summary>Whether the kernel applies functions to what it stores; then those of the layers behind may move into it.</summary>
    public virtual bool TakesFunctions => false;

    /// <summary>Whether the kernels know the channel of every value, so that these functions may read one value a channel.</summary>
    public virtual bool KnowsChannels => false;

    /// <summary>Whether a pooling window of that side, without overlap, may move into the kernel; see <see cref="Fusion"/>.</summary>
    public virtual bool TakesWindow(int size) => false;

    /// <summary>What the operation would be in the epilogue of the one before it; null if it must stand for itself.</summary>
    public virtual EpiloguePart? AsEpilogue => null;

    /// <summary>The zeros that the kernel wants around an input.</summary>
    public virtual Halo HaloAround(View input) => default;

    /// <summary>
    /// Whether the kernel reads an input in whole vectors, of which the last may reach beyond the sample; then it cannot read the
    /// caller's memory.
    /// </summary>
    public virtual bool ReadsInVectors => true;

    /// <summary>The names of the parameters that its kernels read: <c>conv1.weight</c>.</summary>
    public virtual IReadOnlyList<string> Parameters => [];

    /// <summary>Whether its gradients are computed from an input's values.</summary>
    public virtual bool KeepsInputs => true;

    /// <summary>Whether its gradients are computed from what it stored.</summary>
    public virtual bool KeepsOutput => Epilogue.NeedsOutput;

    /// <summary>
    /// Whether the gradient with respect to an input is added up in memory, as where windows overlap: then whole vectors are read of it, and it
    /// cannot be computed in the caller's memory.
    /// </summary>
    public virtual bool AddsUpInputGradient => false;

    /// <summary>
    /// What names of its kernels and buffers end in, behind that of the operation, beside those that many kinds have; see
    /// <see cref="OperationNames"/>.
    /// </summary>
    public virtual IReadOnlyList<string> NameSuffixes => [];

    /// <summary>Memory beside tensors and their gradients that training needs.</summary>
    public virtual IReadOnlyList<TrainingBuffer> Buffers => [];

    /// <summary>The weights in the order in which the gradient with respect to the input reads them; null if there are none.</summary>
    public virtual WeightPacking? Packing => null;

    /// <summary>The weight gradient, where it is computed over the whole batch instead of by shards; otherwise null.</summary>
    public virtual WholeBatchGradient? WholeBatch => null;

    /// <summary>What the operation must know of the whole batch in training; null for most, which take each sample by itself.</summary>
    public virtual BatchReduction? Reduction => null;

    /// <summary>How threads share the operation where there is only one sample; null where they do not.</summary>
    public virtual Sharing? Sharing => null;

    /// <summary>Multiply-adds, or for an operation without products values, of one sample.</summary>
    public virtual long Cost => throw Unknown("cost");

    /// <summary>How the code is written, for the summary: <c>register tiles</c> or <c>loop</c>.</summary>
    public virtual string Form => throw Unknown("form");

    /// <summary>What the operation computes, for the comment above its kernel, without the layers' names.</summary>
    protected virtual string Description => throw Unknown("description");

    /// <summary>The comment above the forward kernel.</summary>
    public string Summary => $"{LayerText}: {Source.Shape}{Description} → {Output.Shape}{Epilogue.Description}.";

    /// <summary>The forward kernel.</summary>
    public virtual Kernel Forward(PassMemory memory) => throw Unknown("forward kernel");

    /// <summary>The kernel of what a shard stores for <see cref="Reduction"/> before the forward kernel; null where there is none.</summary>
    public virtual Kernel? Statistics(TrainingMemory memory) => null;

    /// <summary>The kernel of one thread's part of one sample, where threads share it; null where they do not.</summary>
    public virtual Kernel? ForwardPart(PassMemory memory) => null;

    /// <summary>
    /// The kernels that compute the gradients with respect to parameters and inputs from the one with respect to <see cref="Output"/>,
    /// in the order in which they run. Those with respect to the operands of the epilogue come before, and are the same for all kinds; see
    /// <see cref="OperandGradientKernels"/>.
    /// </summary>
    public virtual IEnumerable<GradientStep> Backward(TrainingMemory memory) => throw Unknown("gradient");

    /// <summary>What the code of one sample costs when it is written out without loops; null if it cannot be.</summary>
    public virtual WrittenOut? WrittenOut => null;

    /// <summary>Writes the operation for one sample without loops and calls; only for those with <see cref="WrittenOut"/>.</summary>
    public virtual void WriteOut(KernelWriter kernel, WrittenOutSample sample) => throw Unknown("code without loops");

    /// <summary>What a kernel needs to draw the mask: the key of its sample, or all that keys are made of.</summary>
    public IReadOnlyList<KernelParameter> MaskParameters() => Epilogue.Mask is not { } mask ? []
        : !TakesAllSamples ? [new("ulong", "key", new MaskKey(mask.Layer))]
        : [new("ulong", "seed", new MaskSeed()), new("long", "step", new MaskStep()), new("int", "firstSample", new FirstSample())];

    /// <summary>Whether the gradient with respect to an input is added to what other readers have stored.</summary>
    protected bool AddsInputGradient(TrainingMemory memory, int input = 0) => memory.Graph.AddsGradient(this, Epilogue.Operands.Count() + input);

    /// <summary>What is thrown where a part of the plan knows nothing of this kind.</summary>
    protected InvalidOperationException Unknown(string what) =>
        new($"No {what} is known for the operation '{(Name.Length > 0 ? Name : LayerText)}' of the kind {GetType().Name}.");

    /// <summary>Takes the next operation, the only reader of this one's output, into the epilogue.</summary>
    public void Fuse(Operation next, Epilogue epilogue)
    {
        // Fused behind a Flatten, the values are still an image to the kernel that writes them.
        bool sameShape = next.Source.Shape == Output.Shape;
        SampleShape shape = sameShape ? next.Output.Shape : Output.Shape;
        Epilogue = epilogue;
        _layers.AddRange(next._layers);
        Output = next.Output;
        Output.Producer = this;
        Output.Shape = shape;
    }
}
