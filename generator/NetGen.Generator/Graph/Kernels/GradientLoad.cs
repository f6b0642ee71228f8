namespace NetGen.Generator.Graph.Kernels;

/// <summary>Emits the code by which backward kernels load the gradient with respect to an operation's output and multiply it by the epilogue's derivative.</summary>
internal static class GradientLoad
{
    /// <summary>The kernel parameters that this code reads: the gradient, and the stored output if a derivative is computed from it.</summary>
    public static IReadOnlyList<KernelParameter> Parameters(Operation operation) => Parameters(operation, operation.Epilogue);

    /// <summary>The kernel parameters for a part of the epilogue.</summary>
    public static IReadOnlyList<KernelParameter> Parameters(Operation operation, Epilogue epilogue) =>
    [
        KernelParameter.Floats("dy", new GradientOf(operation.Output)),
        .. epilogue.NeedsOutput && operation.ReadsOutput ? [KernelParameter.Floats("y", new ValuesOf(operation.Output, operation.Output.Layout.Origin))] : Array.Empty<KernelParameter>(),
        .. OperandAccess.OfGradient(epilogue).Select(access => access.Parameter),
    ];

    /// <summary>How the functions of an epilogue load their values of the channel in backward.</summary>
    /// <param name="epilogue">The epilogue.</param>
    /// <param name="channel">The variable of the channel.</param>
    public static FunctionPlace Place(Epilogue epilogue, string channel) =>
        OperandAccess.Place(OperandAccess.OfGradient(epilogue), access => KernelWriter.Load(access.Name, channel));

    /// <summary>
    /// Declares <c>unit</c>, and <c>value</c>: a vector of the gradient with respect to what the epilogue reads. Uses the variables
    /// <c>row</c> and <c>column</c>.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="channel">The variable of the channel.</param>
    /// <param name="needsUnit">Whether the code after it reads <c>unit</c>.</param>
    /// <param name="outputAgain">What serves as the output where the operation does not read it.</param>
    public static void Write(KernelWriter writer, Operation operation, string channel, bool needsUnit = true, string? outputAgain = null)
    {
        SampleShape shape = operation.Output.Shape;
        Epilogue epilogue = operation.Epilogue;
        BufferLayout layout = operation.Output.Layout;
        string output = outputAgain ?? KernelWriter.Load("y", KernelWriter.Index(("row", layout.RowStride), ("column", layout.PixelStride), (channel, 1)));
        BufferLayout gradient = operation.Output.GradientLayout;
        bool isContiguous = gradient.IsContiguous;
        string place = isContiguous ? "unit" : KernelWriter.Index(("row", gradient.RowStride), ("column", gradient.PixelStride), (channel, 1));
        writer.Code.Together(
        [
            .. !isContiguous && !needsUnit && !epilogue.ReplaysMask ? Array.Empty<string>() : [$"nint unit = {KernelWriter.Index(("row", shape.Width * shape.Channels), ("column", shape.Channels), (channel, 1))};"],
            $"Floats value = Simd.Load(ref dy, {place});",
            .. epilogue.NeedsOutput ? [$"Floats output = {output};"] : Array.Empty<string>(),
        ]);
        if (epilogue.ChangesGradient)
            writer.Code.Statement($"value = {epilogue.Gradient("value", Place(epilogue, channel) with { Output = "output", Unit = "unit" })};");
    }
}
