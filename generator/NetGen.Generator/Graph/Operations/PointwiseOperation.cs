using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;

namespace NetGen.Generator.Graph.Operations;

/// <summary>Pointwise functions that could not be fused into the kernel before them, or a copy.</summary>
internal sealed class PointwiseOperation : Operation
{
    private readonly bool _copies;

    /// <summary>A copy of the values, in the shape of the view.</summary>
    public PointwiseOperation(string layer, View input)
        : base(layer, [input], input.Shape) => _copies = true;

    public PointwiseOperation(string layer, View input, PointwiseFunction function)
        : base(layer, [input], input.Shape) => Epilogue = Epilogue.None with { Functions = [function] };

    public override bool TakesFunctions => true;

    public override bool WritesSlices => true;

    public override bool KnowsChannels => true;

    // A copy is there because the kernel before writes another shape, or with a halo.
    public override EpiloguePart? AsEpilogue => _copies ? null : new FunctionChain(Epilogue.Functions);

    public override InputCopy? AsInputCopy =>
        Epilogue.Functions.Count == 0 ? new(Layers, null)
        : Epilogue.Functions.Count == 1 && Epilogue.Functions[0] is Affine affine ? new(Layers, affine)
        : null;

    public override bool KeepsInputs => Epilogue.NeedsInput;

    public override long Cost => Output.Shape.Length;

    public override string Form => "loop";

    protected override string Description => "";

    public override Kernel Forward(PassMemory memory)
    {
        IReadOnlyList<OperandAccess> operands = OperandAccess.Of(this, memory);
        BufferLayout from = SourceLayout;
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
        BufferLayout from = SourceLayout;
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
        ValueLoops loops = new(Output.Shape, contiguous, Epilogue.ReadsChannels || Output.Layout.IsSlice);
        using (writer.Method(kernel))
        {
            loops.Write(writer, lanes =>
            {
                writer.Code.Line($"Floats value = Simd.Load(ref x, {loops.At(from)});");
                writer.Code.Line($"ref float target = ref Unsafe.Add(ref y, {loops.At(Output.Layout)});");
                FunctionPlace place = OperandAccess.Place(operands, operand => KernelWriter.Load(operand.Name, loops.At(operand.Layout)));
                writer.Store(Epilogue.ApplyAll("value", place, loops.Unit), "target", 0, lanes);
            });
        }
    }

    private void WriteGradient(KernelWriter writer, Kernel kernel, BufferLayout from, bool adds)
    {
        BufferLayout gradient = Output.GradientLayout;
        bool contiguous = gradient.IsContiguous && Output.Layout.IsContiguous && (from.IsContiguous || !Epilogue.NeedsInput);
        ValueLoops loops = new(Output.Shape, contiguous, Epilogue.NeedsChannels || Output.Layout.IsSlice);
        using (writer.Method(kernel))
        {
            loops.Write(writer, lanes =>
            {
                writer.Code.Line($"Floats value = Simd.Load(ref dy, {loops.At(gradient)});");
                if (Epilogue.NeedsOutput)
                    writer.Code.Line($"Floats output = Simd.Load(ref y, {loops.At(Output.Layout)});");
                if (Epilogue.NeedsInput)
                    writer.Code.Line($"Floats input = Simd.Load(ref x, {loops.At(from)});");
                writer.Code.Line($"ref float target = ref Unsafe.Add(ref dx, {loops.Unit});");
                FunctionPlace place = GradientLoad.Place(Epilogue, "i") with { Output = "output", Input = "input", Unit = loops.Unit };
                writer.Store(Epilogue.Gradient("value", place), "target", 0, lanes, adds);
            });
        }
    }
}
