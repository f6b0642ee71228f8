using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;

namespace NetGen.Generator.Graph.Operations;

/// <summary>Functions of every value that no kernel before could take in.</summary>
internal sealed class PointwiseOperation : Operation
{
    public PointwiseOperation(string layer, View input, PointwiseFunction function)
        : base(layer, [input], input.Shape) => Epilogue = Epilogue.None with { Functions = [function] };

    public override bool TakesFunctions => true;

    public override EpiloguePart? AsEpilogue => new FunctionChain(Epilogue.Functions);

    public override bool KeepsInputs => Epilogue.NeedsInput;

    public override long Cost => Output.Shape.Length;

    public override string Form => "loop";

    protected override string Description => "";

    public override Kernel Forward(PassMemory memory)
    {
        IReadOnlyList<OperandAccess> operands = OperandAccess.Of(this, memory);
        BufferLayout from = Source.Tensor.LayoutAs(Source.Shape);
        return new Kernel(
            Name,
            Summary,
            [
                KernelParameter.Floats("x", new ValuesOf(Source.Tensor, from.Origin)),
                KernelParameter.Floats("y", new ValuesOf(Output, Output.Layout.Origin)),
                .. operands.Select(operand => operand.Parameter),
                .. MaskParameters(),
            ],
            (writer, kernel) => WriteForward(writer, kernel, from, operands));
    }

    public override IEnumerable<GradientStep> Backward(TrainingMemory memory)
    {
        bool adds = AddsInputGradient(memory);
        BufferLayout from = Source.Tensor.LayoutAs(Source.Shape);
        yield return GradientStep.Of(Source.Tensor, new Kernel(
            Name + "InputGradient",
            $"{LayerText}: the gradient with respect to the input.",
            [
                .. GradientLoad.Parameters(this),
                .. Epilogue.NeedsInput ? [KernelParameter.Floats("x", new ValuesOf(Source.Tensor, from.Origin))] : Array.Empty<KernelParameter>(),
                KernelParameter.Floats("dx", new GradientOf(Source.Tensor)),
                .. Epilogue.ReplaysMask ? MaskParameters() : [],
            ],
            (writer, kernel) => WriteGradient(writer, kernel, from, adds)));
    }

    private void WriteForward(KernelWriter writer, Kernel kernel, BufferLayout from, IReadOnlyList<OperandAccess> operands)
    {
        bool contiguous = from.IsContiguous && Output.Layout.IsContiguous && operands.All(operand => operand.Layout.IsContiguous);
        (int rows, int run) = Runs(contiguous);
        using (writer.Method(kernel))
        using (writer.Loop("row", rows, 1, alone: true))
        {
            writer.Vectors(run, "i", lanes =>
            {
                writer.Code.Line($"Floats value = Simd.Load(ref x, {KernelWriter.Index(("row", from.RowStride), ("i", 1))});");
                string unit = KernelWriter.Index(("row", run), ("i", 1));
                writer.Code.Line($"ref float target = ref Unsafe.Add(ref y, {KernelWriter.Index(("row", Output.Layout.RowStride), ("i", 1))});");
                FunctionPlace place = OperandAccess.Place(operands, operand => KernelWriter.Load(operand.Name, KernelWriter.Index(("row", operand.Layout.RowStride), ("i", 1))));
                writer.Store(Epilogue.ApplyMask(Epilogue.Apply("value", place), unit), "target", 0, lanes);
            });
        }
    }

    private void WriteGradient(KernelWriter writer, Kernel kernel, BufferLayout from, bool adds)
    {
        bool contiguous = Output.Layout.IsContiguous && (from.IsContiguous || !Epilogue.NeedsInput);
        (int rows, int run) = Runs(contiguous);
        using (writer.Method(kernel))
        using (writer.Loop("row", rows, 1, alone: true))
        {
            writer.Vectors(run, "i", lanes =>
            {
                string unit = KernelWriter.Index(("row", run), ("i", 1));
                writer.Code.Line($"Floats value = Simd.Load(ref g, {unit});");
                if (Epilogue.NeedsOutput)
                    writer.Code.Line($"Floats output = Simd.Load(ref y, {KernelWriter.Index(("row", Output.Layout.RowStride), ("i", 1))});");
                if (Epilogue.NeedsInput)
                    writer.Code.Line($"Floats input = Simd.Load(ref x, {KernelWriter.Index(("row", from.RowStride), ("i", 1))});");
                writer.Code.Line($"ref float target = ref Unsafe.Add(ref dx, {unit});");
                writer.Store(
                    Epilogue.Gradient("value", new FunctionPlace { Output = "output", Input = "input", Unit = unit }), "target", 0, lanes, adds);
            });
        }
    }

    private (int Rows, int Run) Runs(bool contiguous) => contiguous
        ? (1, Output.Shape.Length)
        : (Output.Shape.Height, Output.Shape.Width * Output.Shape.Channels);
}
