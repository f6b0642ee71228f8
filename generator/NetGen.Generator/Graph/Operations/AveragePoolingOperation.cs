using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;

namespace NetGen.Generator.Graph.Operations;

/// <summary>
/// The mean over windows of an image. Values beside the image do not count, neither in the sum nor in the divisor (Keras; PyTorch's
/// <c>count_include_pad=False</c>).
/// </summary>
/// <param name="layer">The name of the layer.</param>
/// <param name="input">An image.</param>
/// <param name="window">The windows.</param>
/// <param name="height">Rows of the output.</param>
/// <param name="width">Columns of the output.</param>
internal sealed class AveragePoolingOperation(string layer, View input, PoolingWindow window, int height, int width)
    : Operation(layer, [input], new SampleShape(height, width, input.Shape.Channels))
{
    public override bool TakesFunctions => true;

    public override bool WritesSlices => true;

    public override bool KnowsChannels => true;

    public override bool CanBeCropped => Epilogue.Mask is null && !Epilogue.Operands.Any();

    public override SampleShape PartRead(View input) => window.Part(this);

    // The gradient is spread evenly, whatever the values were.
    public override bool KeepsInputs => false;

    public override bool AddsUpInputGradient => window.Overlaps;

    public override long Cost => (long)window.Length * Output.Shape.Length;

    public override string Form => "loop";

    protected override string Description => ", " + window.Words("means", Source.Whole);

    public override Kernel Forward(PassMemory memory)
    {
        IReadOnlyList<OperandAccess> operands = OperandAccess.Of(this, memory);
        return new Kernel(
            Name,
            Summary,
            [
                KernelParameter.Floats("x", new ValuesOf(Source.Tensor, SourceLayout.Origin)),
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
        using (writer.Method(kernel))
        {
            WindowKernels.Forward(writer, this, window, operands, needsUnit: false, _ =>
            {
                LocalSums storage = new(writer);
                storage.Declare(["sum"]);
                PositionSums.Write(
                    writer, storage, window.Rows(this), window.Height, window.ColumnRange(this), ["sum"], sums => storage.Add(sums[0], Value));
                writer.Code.Line($"Floats mean = sum / {window.Count(this)};");
                return "mean";
            });
        }
    }

    private string Value => KernelWriter.Load("window", KernelWriter.Index(("i", SourceLayout.RowStride), ("j", SourceLayout.PixelStride)));

    private void WriteGradient(KernelWriter writer, Kernel kernel, bool adds)
    {
        BufferLayout to = new(Source.Shape, default);
        using (writer.Method(kernel))
        {
            if (!adds && !window.Tiles(this))
                WindowKernels.Clear(writer, Source.Shape);
            WindowKernels.Scatter(writer, this, window, needsUnit: false, lanes =>
            {
                writer.Code.Line($"Floats share = value / {window.Count(this)};");
                using (writer.Nest(window.Rows(this), window.Columns(this)))
                {
                    writer.Code.Line($"ref float input = ref Unsafe.Add(ref target, {KernelWriter.Index(("i", to.RowStride), ("j", to.PixelStride))});");
                    writer.Store("share", "input", 0, lanes, adds || window.Overlaps);
                }
            });
        }
    }
}
