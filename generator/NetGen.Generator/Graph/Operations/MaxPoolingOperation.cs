using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Text;

namespace NetGen.Generator.Graph.Operations;

/// <summary>The maximum over windows of an image. Beside the image lies −∞, as in Keras and PyTorch: it is never the maximum.</summary>
/// <param name="layer">The name of the layer.</param>
/// <param name="input">An image.</param>
/// <param name="window">The windows.</param>
/// <param name="height">Rows of the output.</param>
/// <param name="width">Columns of the output.</param>
internal sealed class MaxPoolingOperation(string layer, View input, PoolingWindow window, int height, int width)
    : Operation(layer, [input], new SampleShape(height, width, input.Shape.Channels))
{
    public override bool TakesFunctions => true;

    public override bool WritesSlices => true;

    public override bool KnowsChannels => true;

    public override bool CanBeCropped => Epilogue.Mask is null && !Epilogue.Operands.Any();

    public override SampleShape PartRead(View input) => window.Part(this);

    public override EpiloguePart? AsEpilogue =>
        window == PoolingWindow.Square(window.Width, window.Width) && !Pads && Epilogue == Epilogue.None ? new WindowMaximum(window.Width) : null;

    // Forward stores the argmax of each window, so backward needs neither inputs nor outputs.
    public override bool KeepsInputs => false;

    public override IReadOnlyList<TrainingBuffer> Buffers => [Argmax];

    public override bool AddsUpInputGradient => window.Overlaps;

    public override long Cost => (long)window.Length * Output.Shape.Length;

    public override string Form => "loop";

    protected override string Description => ", " + window.Words("maxima", Source.Whole);

    private bool Pads => window.PadsRows(this) || window.PadsColumns(this);

    private TrainingBuffer Argmax => new(
        this, "Argmax", new BufferLayout(Output.Shape, default), InBackward: false, "the argmax of each window");

    public override Kernel Forward(PassMemory memory)
    {
        IReadOnlyList<OperandAccess> operands = OperandAccess.Of(this, memory);
        return new Kernel(
            Name,
            Summary,
            [
                KernelParameter.Floats("x", new ValuesOf(Source.Tensor, SourceLayout.Origin)),
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
        BufferLayout from = SourceLayout;
        CodeWriter code = writer.Code;
        using (writer.Method(kernel))
        {
            WindowKernels.Forward(writer, this, window, operands, needsUnit: keepsArgmax, lanes =>
            {
                string firstRow = window.PadsRows(this) ? "top" : "0";
                string firstColumn = window.PadsColumns(this) ? "left" : "0";
                code.Line($"Floats best = {KernelWriter.Load("window", KernelWriter.Index((firstRow, from.RowStride), (firstColumn, from.PixelStride)))};");
                if (keepsArgmax)
                    code.Line(Pads ? $"Floats argmax = Simd.Splat({Place(firstRow, firstColumn)});" : "Floats argmax = Simd.Zero;");
                using (writer.Nest(window.Rows(this), window.Columns(this)))
                {
                    code.Line($"Floats value = Simd.Load(ref window, {KernelWriter.Index(("i", from.RowStride), ("j", from.PixelStride))});");
                    if (keepsArgmax)
                    {
                        code.Line("Floats larger = Simd.GreaterOrNaN(value, best);");
                        code.Line("best = Simd.Select(larger, value, best);");
                        code.Line($"argmax = Simd.Select(larger, Simd.Splat({Place("i", "j")}), argmax);");
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
            if (!adds && !window.Tiles(this))
                WindowKernels.Clear(writer, Source.Shape);
            WindowKernels.Scatter(writer, this, window, needsUnit: true, lanes =>
            {
                writer.Code.Line("Floats argmax = Simd.Load(ref argmaxes, unit);");
                using (writer.Nest(window.Rows(this), window.Columns(this)))
                {
                    writer.Code.Line($"ref float input = ref Unsafe.Add(ref target, {KernelWriter.Index(("i", to.RowStride), ("j", to.PixelStride))});");
                    writer.Store($"Simd.SelectAt(argmax, {Place("i", "j")}, value)", "input", 0, lanes, adds || window.Overlaps);
                }
            });
        }
    }

    /// <summary>The number of a place of the window, row by row.</summary>
    private string Place(string row, string column) =>
        row == "0" || window.Height == 1 ? column : column == "0" ? KernelWriter.Product(row, window.Width) : $"{KernelWriter.Product(row, window.Width)} + {column}";
}
