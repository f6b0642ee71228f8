using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Text;
using static System.FormattableString;

namespace NetGen.Generator.Graph.Operations;

/// <summary>
/// The mean over windows of an image. Values beside the image do not count, neither in the sum nor in the divisor (Keras; PyTorch's
/// <c>count_include_pad=False</c>).
/// </summary>
/// <param name="layer">The name of the layer.</param>
/// <param name="input">An image.</param>
/// <param name="size">The side of a window.</param>
/// <param name="stride">Pixels from one window to the next, in both directions.</param>
/// <param name="top">Rows above the image that the first windows reach into.</param>
/// <param name="left">Columns left of the image that the first windows reach into.</param>
/// <param name="height">Rows of the output.</param>
/// <param name="width">Columns of the output.</param>
internal sealed class AveragePoolingOperation(string layer, View input, int size, int stride, int top, int left, int height, int width)
    : Operation(layer, [input], new SampleShape(height, width, input.Shape.Channels))
{
    public override bool TakesFunctions => true;

    public override bool KnowsChannels => true;

    // The gradient is spread evenly, whatever the values were.
    public override bool KeepsInputs => false;

    public override bool AddsUpInputGradient => stride < size;

    public override long Cost => (long)size * size * Output.Shape.Length;

    public override string Form => "loop";

    protected override string Description => Invariant($", {size}×{size} means, stride {stride}");

    private bool IsPadded => top > 0 || left > 0
        || ((long)(Output.Shape.Height - 1) * stride) + size > Source.Shape.Height
        || ((long)(Output.Shape.Width - 1) * stride) + size > Source.Shape.Width;

    public override Kernel Forward(PassMemory memory)
    {
        IReadOnlyList<OperandAccess> operands = OperandAccess.Of(this, memory);
        return new Kernel(
            Name,
            Summary,
            [
                KernelParameter.Floats("x", new ValuesOf(Source.Tensor, Source.Tensor.Layout.Origin)),
                KernelParameter.Floats("y", new ValuesOf(Output, Output.Layout.Origin)),
                .. operands.Select(operand => operand.Parameter),
                .. MaskParameters(),
            ],
            (writer, kernel) => WriteForward(writer, kernel, operands));
    }

    public override IEnumerable<GradientStep> Backward(TrainingMemory memory)
    {
        bool adds = AddsInputGradient(memory);
        yield return GradientStep.Of(Source.Tensor, new Kernel(
            Name + "InputGradient",
            $"{LayerText}: the gradient with respect to the input, where every value of a window gets the same share.",
            [
                .. GradientLoad.Parameters(this),
                KernelParameter.Floats("dx", new GradientOf(Source.Tensor)),
                .. Epilogue.ReplaysMask ? MaskParameters() : [],
            ],
            (writer, kernel) => WriteGradient(writer, kernel, adds)));
    }

    private void WriteForward(KernelWriter writer, Kernel kernel, IReadOnlyList<OperandAccess> operands)
    {
        BufferLayout from = Source.Tensor.Layout;
        using (writer.Method(kernel))
        {
            WindowKernels.Forward(writer, this, stride, operands, needsUnit: false, _ =>
            {
                writer.Code.Line("Floats sum = Simd.Zero;");
                using (OpenWindow(writer))
                    writer.Code.Line($"sum += Simd.Load(ref window, {KernelWriter.Index(("i", from.RowStride), ("j", from.PixelStride))});");
                writer.Code.Line($"Floats mean = sum / Simd.Splat({Count});");
                return "mean";
            }, top, left);
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
                if (IsPadded)
                    WriteBounds(writer);
                writer.Code.Line($"Floats share = value / Simd.Splat({Count});");
                using (OpenLoops(writer))
                {
                    writer.Code.Line($"ref float input = ref Unsafe.Add(ref target, {KernelWriter.Index(("i", to.RowStride), ("j", to.PixelStride))});");
                    writer.Store("share", "input", 0, lanes, adds || stride < size);
                }
            }, top, left);
        }
    }

    private string Count => IsPadded ? "(bottom - top) * (right - left)" : Invariant($"{size * size}f");

    private CodeWriter.Block OpenWindow(KernelWriter writer)
    {
        if (IsPadded)
            WriteBounds(writer);
        return OpenLoops(writer);
    }

    /// <summary>The rows and columns of the window that are image.</summary>
    private void WriteBounds(KernelWriter writer)
    {
        writer.Code.Line($"nint top = Math.Max(0, {Invariant($"{top}")} - {KernelWriter.Product("row", stride)});");
        writer.Code.Line($"nint bottom = Math.Min({Invariant($"{size}, {top + Source.Shape.Height}")} - {KernelWriter.Product("row", stride)});");
        writer.Code.Line($"nint left = Math.Max(0, {Invariant($"{left}")} - {KernelWriter.Product("column", stride)});");
        writer.Code.Line($"nint right = Math.Min({Invariant($"{size}, {left + Source.Shape.Width}")} - {KernelWriter.Product("column", stride)});");
    }

    private CodeWriter.Block OpenLoops(KernelWriter writer) => IsPadded
        ? writer.Nest(new("for (nint i = top; i < bottom; i++)", null), new("for (nint j = left; j < right; j++)", null))
        : writer.Nest(KernelWriter.Each("i", size), KernelWriter.Each("j", size));
}
