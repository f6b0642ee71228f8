using NetGen.Generator.Graph.Memory;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>A generated kernel: a method. One list of parameters gives both its signature and the arguments of its calls.</summary>
/// <param name="Name">The method.</param>
/// <param name="Summary">The comment above it.</param>
/// <param name="Parameters">What it takes, and what a call passes for it.</param>
/// <param name="Body">Writes the method, and those that only it calls.</param>
internal sealed record Kernel(string Name, string Summary, IReadOnlyList<KernelParameter> Parameters, Action<KernelWriter, Kernel> Body)
{
    /// <summary>A method of the library, used where one implementation for all networks is fast enough.</summary>
    /// <param name="method">The method with its class.</param>
    /// <param name="operands">What a call passes.</param>
    public static Kernel OfLibrary(string method, params Operand[] operands) => new(
        method,
        "",
        [.. operands.Select(operand => KernelParameter.Floats("", operand))],
        (_, _) => throw new InvalidOperationException($"The kernel {method} is a method of the library, so its code must not be emitted."))
    {
        IsOfLibrary = true,
    };

    /// <summary>Whether the kernel is a method of the library, so that no code is emitted for it.</summary>
    public bool IsOfLibrary { get; private init; }

    /// <summary>
    /// All that the code depends on beside the names of the kernel and its parameters: kernels with equal keys have equal code, so that it is written only once. Null where
    /// nothing is known; then the code is written and compared.
    /// </summary>
    public KernelKey? Key { get; init; }

    /// <summary>The parameters as they are declared.</summary>
    public string Signature => string.Join(", ", Parameters.Select(parameter => $"{parameter.Type} {parameter.Name}"));

    /// <summary>Writes the kernel for one vector width.</summary>
    public void Write(KernelWriter writer) => Body(writer, this);
}

/// <summary>What the code of a kernel depends on.</summary>
/// <param name="Shape">The sizes: a record, or a text.</param>
/// <param name="Functions">The code of the functions that the kernel applies, with what they read.</param>
internal sealed record KernelKey(object Shape, string Functions = "");

/// <summary>A parameter of a kernel.</summary>
/// <param name="Type">Its type, with <c>ref</c> for memory.</param>
/// <param name="Name">Its name in the kernel.</param>
/// <param name="Operand">What a call passes.</param>
internal sealed record KernelParameter(string Type, string Name, Operand Operand)
{
    /// <summary>A reference to floats.</summary>
    public static KernelParameter Floats(string name, Operand operand) => new("ref float", name, operand);

    /// <summary>A count or index.</summary>
    public static KernelParameter Number(string name, Operand operand) => new("nint", name, operand);
}

/// <summary>The argument of a call of a kernel. The emitter asks the memory plan for its offset.</summary>
internal abstract record Operand;

/// <summary>The values of a tensor.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="Offset">Floats from the start of its buffer.</param>
internal sealed record ValuesOf(Tensor Tensor, int Offset) : Operand;

/// <summary>The gradient with respect to a tensor, without a halo.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="Offset">Floats from its start.</param>
internal sealed record GradientOf(Tensor Tensor, int Offset = 0) : Operand;

/// <summary>A buffer of an operation in training.</summary>
/// <param name="Buffer">The buffer.</param>
/// <param name="Offset">Floats from its start.</param>
internal sealed record BufferOf(TrainingBuffer Buffer, int Offset) : Operand;

/// <summary>The memory that the forward kernel of an operation needs while it computes a sample.</summary>
/// <param name="Operation">The operation.</param>
internal sealed record ForwardWorkspaceOf(Operation Operation) : Operand;

/// <summary>A parameter of the network.</summary>
/// <param name="Name">Its name: <c>conv1.weight</c>.</param>
internal sealed record ParameterOf(string Name) : Operand;

/// <summary>The gradient with respect to a parameter, of one shard.</summary>
/// <param name="Name">The parameter's name.</param>
internal sealed record ParameterGradientOf(string Name) : Operand;

/// <summary>The inputs of a layer over the whole batch, packed in panels.</summary>
internal sealed record WholeBatchInputs : Operand;

/// <summary>The gradient with respect to a layer's pre-activations over the whole batch: the packed panel of one work item.</summary>
internal sealed record WholeBatchPreActivationGradient : Operand;

/// <summary>Floats from one sample's values to those of the next one.</summary>
/// <param name="Tensor">The tensor.</param>
internal sealed record SampleStride(Tensor Tensor) : Operand;

/// <summary>How many samples the call takes.</summary>
internal sealed record SampleCount : Operand;

/// <summary>In a call for one sample, its position in the shard.</summary>
internal sealed record SampleOfShard : Operand;

/// <summary>In a call for one sample, how many samples the shard has.</summary>
internal sealed record SamplesOfShard : Operand;

/// <summary>The key of a mask for the sample.</summary>
/// <param name="Layer">The position of the layer in the network.</param>
internal sealed record MaskKey(int Layer) : Operand;

/// <summary>The seed of the pass.</summary>
internal sealed record MaskSeed : Operand;

/// <summary>The step of the pass.</summary>
internal sealed record MaskStep : Operand;

/// <summary>The index in the batch of the first sample that the call takes.</summary>
internal sealed record FirstSample : Operand;

/// <summary>The first row or panel of a thread's part.</summary>
internal sealed record PartBegin : Operand;

/// <summary>The end of a thread's part.</summary>
internal sealed record PartEnd : Operand;

/// <summary>The memory of a worker for a panel of transposed weights.</summary>
internal sealed record TransposedPanel : Operand;

/// <summary>A name or expression that is valid where the call stands.</summary>
/// <param name="Text">The name or expression.</param>
internal sealed record Local(string Text) : Operand;
