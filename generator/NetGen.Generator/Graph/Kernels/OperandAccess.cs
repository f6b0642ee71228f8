using NetGen.Generator.Graph.Memory;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// How a kernel reads the operand of a function in its epilogue. The operand is a tensor, read at the position of the value that the kernel
/// stores, or an array with one value for each channel.
/// </summary>
/// <param name="Function">The function.</param>
/// <param name="Name">The parameter of the kernel.</param>
/// <param name="Source">What a call passes.</param>
/// <param name="Layout">How one sample of it lies in memory, in the shape of the kernel's output.</param>
/// <param name="SampleStride">Floats from one sample to the next one, if the memory holds several samples.</param>
internal sealed record OperandAccess(PointwiseFunction Function, string Name, Operand Source, BufferLayout Layout, int SampleStride)
{
    /// <summary>The function's name for the operand, if that has one value for each channel; null for a tensor.</summary>
    public string? Channel { get; init; }

    /// <summary>The kernel's parameter.</summary>
    public KernelParameter Parameter => KernelParameter.Floats(Name, Source);

    /// <summary>All that the functions of an operation's epilogue read.</summary>
    public static IReadOnlyList<OperandAccess> Of(Operation operation, PassMemory memory) =>
    [
        .. operation.Epilogue.WithOperand.Select((function, i) => Of(function, Invariant($"operand{i + 1}"), operation.Output, memory)),
        .. OfChannels(operation.Epilogue),
    ];

    /// <summary>How the tensor that a function reads is accessed in the shape of the kernel's output.</summary>
    public static OperandAccess Of(PointwiseFunction function, string name, Tensor output, PassMemory memory)
    {
        Tensor tensor = function.Operand!.Value.Tensor;
        BufferLayout layout = tensor.LayoutAs(output.Shape);
        return new(function, name, new ValuesOf(tensor, layout.Origin), layout, memory.SampleStride(tensor));
    }

    /// <summary>The operands with one value for each channel that backward reads.</summary>
    public static IReadOnlyList<OperandAccess> OfGradient(Epilogue epilogue) => [.. OfChannels(epilogue).Where(access =>
        access.Function.Channels.First(values => values.Name == access.Channel).InGradient)];

    /// <summary>The variables for the functions of an epilogue, with their operands.</summary>
    /// <param name="operands">The operands.</param>
    /// <param name="load">Loads one of them.</param>
    public static FunctionPlace Place(IReadOnlyList<OperandAccess> operands, Func<OperandAccess, string> load) => new()
    {
        Operand = function => load(operands.First(operand => operand.Channel is null && ReferenceEquals(operand.Function, function))),
        Channel = (function, name) => load(operands.First(operand => operand.Channel == name && ReferenceEquals(operand.Function, function))),
    };

    /// <summary>The code of an epilogue with the places that it reads: equal for epilogues with which a kernel of equal sizes has equal code.</summary>
    /// <param name="epilogue">The epilogue.</param>
    /// <param name="operands">What it reads.</param>
    /// <param name="name">The name of the operation, which a mask depends on.</param>
    public static string CodeOf(Epilogue epilogue, IReadOnlyList<OperandAccess> operands, string name)
    {
        if (epilogue.Functions.Count == 0)
            return Invariant($"{epilogue.Pool}");
        string applied = epilogue.ApplyInTile("value", Place(operands, operand => operand.Name));
        string places = string.Concat(operands.Select(operand => Invariant($"; {operand.Name} {operand.Channel}: {operand.Layout.Key}, {operand.SampleStride}")));
        string mask = epilogue.Mask is null ? "" : $"; {name}: {epilogue.ApplyMask("value", "unit")}";
        return Invariant($"{epilogue.Pool}; {epilogue.Functions.Count}; {applied}; {epilogue.HasLong} {epilogue.ApplyLong("value")}{mask}{places}");
    }

    private static IEnumerable<OperandAccess> OfChannels(Epilogue epilogue) => epilogue.Functions.Items
        .Where(function => function.Channels.Count > 0)
        .SelectMany((function, i) => function.Channels.Select(values =>
            new OperandAccess(function, Invariant($"{values.Name}{i + 1}"), values.Operand, BufferLayout.OfChannels, 0) { Channel = values.Name }));
}
