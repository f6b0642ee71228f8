namespace NetGen.Generator.Graph.Kernels;

/// <summary>How a kernel reads the operand of a function in its epilogue, at the place of the value that it stores.</summary>
/// <param name="Function">The function.</param>
/// <param name="Name">The parameter of the kernel.</param>
/// <param name="Tensor">The tensor.</param>
/// <param name="Layout">How one sample of it lies in memory, in the shape of the kernel's output.</param>
/// <param name="SampleStride">Floats from one sample to the next one, where all exist at once.</param>
internal sealed record OperandAccess(PointwiseFunction Function, string Name, Tensor Tensor, BufferLayout Layout, int SampleStride)
{
    /// <summary>The kernel's parameter.</summary>
    public KernelParameter Parameter => KernelParameter.Floats(Name, new ValuesOf(Tensor, Layout.Origin));

    /// <summary>The operands of an operation's epilogue.</summary>
    public static IReadOnlyList<OperandAccess> Of(Operation operation, Memory.PassMemory memory) =>
        [.. operation.Epilogue.WithOperand.Select((function, i) => Of(function, FormattableString.Invariant($"operand{i + 1}"), operation.Output, memory))];

    /// <summary>How a tensor is read in the shape of another one.</summary>
    public static OperandAccess Of(PointwiseFunction function, string name, Tensor output, Memory.PassMemory memory)
    {
        Tensor tensor = function.Operand!.Value.Tensor;
        return new(function, name, tensor, tensor.LayoutAs(output.Shape), memory.SampleStride(tensor));
    }

    /// <summary>Where the functions of an epilogue find their operands.</summary>
    /// <param name="operands">The operands.</param>
    /// <param name="load">Loads one of them.</param>
    public static FunctionPlace Place(IReadOnlyList<OperandAccess> operands, Func<OperandAccess, string> load) =>
        new() { Operand = function => load(operands.First(operand => ReferenceEquals(operand.Function, function))) };
}
