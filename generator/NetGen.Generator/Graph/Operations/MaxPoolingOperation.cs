using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Text;
using static System.FormattableString;

namespace NetGen.Generator.Graph.Operations;

/// <summary>The maximum over windows of an image, without padding.</summary>
internal sealed class MaxPoolingOperation(string layer, View input, int size, int stride) : Operation(
    layer,
    [input],
    new SampleShape(((input.Shape.Height - size) / stride) + 1, ((input.Shape.Width - size) / stride) + 1, input.Shape.Channels))
{
    public override bool TakesFunctions => true;

    public override bool KnowsChannels => true;

    public override EpiloguePart? AsEpilogue => size == stride && Epilogue == Epilogue.None ? new WindowMaximum(size) : null;

    // Forward stores the argmax of each window, so backward needs neither inputs nor outputs.
    public override bool KeepsInputs => false;

    public override IReadOnlyList<TrainingBuffer> Buffers => [Argmax];

    public override bool AddsUpInputGradient => stride < size;

    public override long Cost => (long)size * size * Output.Shape.Length;

    public override string Form => "loop";

    protected override string Description => Invariant($", {size}×{size} maxima, stride {stride}");

    private TrainingBuffer Argmax => new(
        this, "Argmax", new BufferLayout(Output.Shape, default), Output.Shape, InBackward: false, "the argmax of each window");

    public override Kernel Forward(PassMemory memory)
    {
        IReadOnlyList<OperandAccess> operands = OperandAccess.Of(this, memory);
        return new Kernel(
            Name,
            Summary,
            [
                KernelParameter.Floats("x", new ValuesOf(Source.Tensor, Source.Tensor.Layout.Origin)),
                KernelParameter.Floats("y", new ValuesOf(Output, Output.Layout.Origin)),
                .. memory.IsTraining ? [KernelParameter.Floats("argmaxes", new BufferOf(Argmax, 0))] : Array.Empty<KernelParameter>(),
                .. operands.Select(operand => operand.Parameter),
                .. MaskParameters(),
            ],
            (writer, kernel) => WriteForward(writer, kernel, operands, keepsArgmax: memory.IsTraining));
    }

    public override IEnumerable<GradientStep> Backward(TrainingMemory memory)
    {
        bool adds = AddsInputGradient(memory);
        yield return GradientStep.Of(Source.Tensor, new Kernel(
            Name + "InputGradient",
            $"{LayerText}: the gradient with respect to the input, which is not 0 only at the maximum of each window.",
            [
                .. GradientLoad.Parameters(this),
                KernelParameter.Floats("argmaxes", new BufferOf(Argmax, 0)),
                KernelParameter.Floats("dx", new GradientOf(Source.Tensor)),
                .. Epilogue.ReplaysMask ? MaskParameters() : [],
            ],
            (writer, kernel) => WriteGradient(writer, kernel, adds)));
    }

    private void WriteForward(KernelWriter writer, Kernel kernel, IReadOnlyList<OperandAccess> operands, bool keepsArgmax)
    {
        BufferLayout from = Source.Tensor.Layout;
        CodeWriter code = writer.Code;
        using (writer.Method(kernel))
        {
            WindowKernels.Forward(writer, this, stride, operands, needsUnit: keepsArgmax, lanes =>
            {
                code.Line($"Floats best = {KernelWriter.Load("window")};");
                if (keepsArgmax)
                    code.Line("Floats argmax = Simd.Zero;");
                using (writer.Nest(KernelWriter.Each("i", size), KernelWriter.Each("j", size)))
                {
                    code.Line($"Floats value = Simd.Load(ref window, {KernelWriter.Index(("i", from.RowStride), ("j", from.PixelStride))});");
                    if (keepsArgmax)
                    {
                        code.Line("Floats larger = Simd.GreaterOrNaN(value, best);");
                        code.Line("best = Simd.Select(larger, value, best);");
                        code.Line(Invariant($"argmax = Simd.Select(larger, Simd.Splat(({size} * i) + j), argmax);"));
                    }
                    else
                    {
                        code.Line("best = Simd.Max(best, value);");
                    }
                }

                if (keepsArgmax)
                {
                    writer.Store("argmax", "argmaxes", "unit", lanes);
                }

                return "best";
            });
        }
    }

    private void WriteGradient(KernelWriter writer, Kernel kernel, bool adds)
    {
        BufferLayout to = new(Source.Shape, default);
        using (writer.Method(kernel))
        {
            if (!adds)
                WindowKernels.Clear(writer, Source.Shape);
            WindowKernels.Scatter(writer, this, stride, lanes =>
            {
                writer.Code.Line("Floats argmax = Simd.Load(ref argmaxes, unit);");
                using (writer.Nest(KernelWriter.Each("i", size), KernelWriter.Each("j", size)))
                {
                    writer.Code.Line($"ref float input = ref Unsafe.Add(ref target, {KernelWriter.Index(("i", to.RowStride), ("j", to.PixelStride))});");
                    writer.Store(Invariant($"Simd.SelectAt(argmax, ({size} * i) + j, value)"), "input", 0, lanes, adds || stride < size);
                }
            });
        }
    }
}
