using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using static System.FormattableString;

namespace NetGen.ForeignLayers;

/// <summary>The sum over windows of <c>size</c>×<c>size</c> pixels, without padding.</summary>
/// <param name="size">The height and width of the window in pixels; the step too, unless it is given.</param>
public sealed class SumPool2DAttribute(int size) : LayerAttribute
{
    /// <summary>The height and width of the window.</summary>
    public int Size { get; } = size;

    /// <summary>The step of the window in both directions.</summary>
    public int Stride { get; set; } = size;
}

/// <summary>Reads <c>[SumPool2D(size)]</c>.</summary>
internal sealed class SumPool2DKind : LayerKind
{
    public override string Name => "SumPool2D";

    public override string Stem => "sumpool";

    public override string AttributeAssembly => "NetGen.ForeignLayers.Tests";

    public override Layer? Read(LayerReader reader)
    {
        int size = reader.Positive("size");
        int stride = reader.Positive("Stride", absent: size);
        if (reader.Failed || !reader.RequireImage(out Shape? image))
            return null;
        SlidingWindow vertical = new(image.Height, size, stride, PaddingKind.Valid);
        SlidingWindow horizontal = new(image.Width, size, stride, PaddingKind.Valid);
        return SlidingWindow.RequireFit(reader, "size", "window", vertical, horizontal)
            ? new SumPool2DLayer(reader.Name, image, vertical, horizontal)
            : null;
    }
}

/// <summary>The sum over windows of an image.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">An image.</param>
/// <param name="Vertical">How the window slides down.</param>
/// <param name="Horizontal">How the window slides to the right.</param>
internal sealed record SumPool2DLayer(string Name, Shape Input, SlidingWindow Vertical, SlidingWindow Horizontal)
    : Layer(Name, Input, Shape.Image(Vertical.Positions, Horizontal.Positions, Input.Channels)), ILowered
{
    public override string Kind => "SumPool2D";

    public override string Description => Invariant($"{Vertical.Window}×{Vertical.Window}, stride {Vertical.Stride}");

    public void Lower(GraphBuilder graph) =>
        graph.Add(new SumPoolingOperation(graph.Layer, graph.Current, Vertical.Window, Vertical.Stride, Output.Height, Output.Width));
}

/// <summary>The sum over windows of an image: every value of a window gets the whole gradient of its sum.</summary>
internal sealed class SumPoolingOperation(string layer, View input, int size, int stride, int height, int width)
    : Operation(layer, [input], new SampleShape(height, width, input.Shape.Channels))
{
    public override bool TakesFunctions => true;

    public override bool KnowsChannels => true;

    public override bool KeepsInputs => false;

    public override bool AddsUpInputGradient => stride < size;

    public override long Cost => (long)size * size * Output.Shape.Length;

    public override string Form => "loop";

    protected override string Description => Invariant($", {size}×{size} sums, stride {stride}");

    public override Kernel Forward(PassMemory memory)
    {
        IReadOnlyList<OperandAccess> operands = OperandAccess.Of(this, memory);
        BufferLayout from = Source.Tensor.Layout;
        return new Kernel(
            Name,
            Summary,
            [
                KernelParameter.Floats("x", new ValuesOf(Source.Tensor, from.Origin)),
                KernelParameter.Floats("y", new ValuesOf(Output, Output.Layout.Origin)),
                .. operands.Select(operand => operand.Parameter),
                .. MaskParameters(),
            ],
            (writer, kernel) =>
            {
                using (writer.Method(kernel))
                {
                    WindowKernels.Forward(writer, this, PoolingWindow.Square(size, stride), operands, needsUnit: false, _ =>
                    {
                        writer.Code.Line("Floats sum = Simd.Zero;");
                        using (writer.Code.Open(Invariant($"for (nint i = 0; i < {size}; i++)")))
                        using (writer.Code.Open(Invariant($"for (nint j = 0; j < {size}; j++)")))
                            writer.Code.Line($"sum += Simd.Load(ref window, {KernelWriter.Index(("i", from.RowStride), ("j", from.PixelStride))});");
                        return "sum";
                    });
                }
            });
    }

    public override IEnumerable<GradientStep> Backward(TrainingMemory memory)
    {
        bool adds = AddsInputGradient(memory);
        BufferLayout to = new(Source.Shape, default);
        yield return GradientStep.Of(Source.Tensor, new Kernel(
            Name + "InputGradient",
            $"{LayerText}: every value of a window gets the gradient.",
            [
                .. GradientLoad.Parameters(this),
                KernelParameter.Floats("dx", new GradientOf(Source.Tensor)),
                .. Epilogue.ReplaysMask ? MaskParameters() : [],
            ],
            (writer, kernel) =>
            {
                using (writer.Method(kernel))
                {
                    if (!adds)
                        WindowKernels.Clear(writer, Source.Shape);
                    WindowKernels.Scatter(writer, this, PoolingWindow.Square(size, stride), needsUnit: false, lanes =>
                    {
                        using (writer.Code.Open(Invariant($"for (nint i = 0; i < {size}; i++)")))
                        using (writer.Code.Open(Invariant($"for (nint j = 0; j < {size}; j++)")))
                        {
                            writer.Code.Line($"ref float input = ref Unsafe.Add(ref target, {KernelWriter.Index(("i", to.RowStride), ("j", to.PixelStride))});");
                            writer.Store("value", "input", 0, lanes, adds || stride < size);
                        }
                    });
                }
            }));
    }
}
