using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Operations;

/// <summary>
/// PReLU in training: <c>y = x</c> where <c>x &gt; 0</c>, otherwise <c>slope·x</c>. It is an operation of its own, because the gradients with respect to
/// input and slope are computed from the input, which a fused function has not.
/// </summary>
/// <param name="layer">The name of the layer.</param>
/// <param name="input">Any shape.</param>
/// <param name="weight">The parameter with the slopes.</param>
/// <param name="shared">Whether all channels have one slope.</param>
internal sealed class ParametricRectifierOperation(string layer, View input, string weight, bool shared) : Operation(layer, [input], input.Shape)
{
    private const string ChannelGradientSuffix = "ChannelGradient";

    public override bool TakesFunctions => true;

    public override bool WritesSlices => true;

    public override bool KnowsChannels => true;

    public override IReadOnlyList<string> Parameters => [weight];

    public override IReadOnlyList<string> NameSuffixes => [ChannelGradientSuffix];

    public override IReadOnlyList<TrainingBuffer> Buffers => shared ? [ChannelGradient] : [];

    public override long Cost => Output.Shape.Length;

    public override string Form => "loop";

    protected override string Description => "";

    private int Channels => Source.Shape.Channels;

    /// <summary>The gradient of one sample for each channel, which are added up where all have one slope.</summary>
    private TrainingBuffer ChannelGradient => new(
        this, ChannelGradientSuffix, new BufferLayout(new SampleShape(1, 1, Channels), default), InBackward: true,
        "the gradient with respect to the slope, by channels");

    public override Kernel Forward(PassMemory memory)
    {
        IReadOnlyList<OperandAccess> operands = OperandAccess.Of(this, memory);
        return new Kernel(
            Name,
            Summary,
            [
                Input,
                KernelParameter.Floats("slopes", new ParameterOf(weight)),
                KernelParameter.Floats("y", new ValuesOf(Output, Output.Layout.Origin)),
                .. operands.Select(operand => operand.Parameter),
                .. MaskParameters(),
            ],
            (writer, kernel) => WriteForward(writer, kernel, operands));
    }

    public override IEnumerable<GradientStep> Backward(TrainingMemory memory)
    {
        // dslope is the sum of dy · min(x, 0) over the positions and samples.
        yield return GradientStep.OfParameters(new Kernel(
            Name + "WeightGradient",
            $"{LayerText}: the gradient with respect to the slope{(shared ? " in each channel of a sample" : "s, added to that of earlier samples")}.",
            [
                .. GradientLoad.Parameters(this),
                Input,
                KernelParameter.Floats("dw", shared ? new BufferOf(ChannelGradient, 0) : new ParameterGradientOf(weight)),
                .. Epilogue.ReplaysMask ? MaskParameters() : [],
            ],
            WriteWeightGradient));
        if (shared)
        {
            yield return GradientStep.OfParameters(Kernel.OfLibrary(
                "ParametricRectifier.AddChannels", new BufferOf(ChannelGradient, 0), new Local(Invariant($"{Channels}")), new ParameterGradientOf(weight)));
        }

        bool adds = AddsInputGradient(memory);
        yield return GradientStep.Of(Source.Tensor, new Kernel(
            Name + "InputGradient",
            $"{LayerText}: the gradient with respect to the input, {Source.Shape}.",
            [
                .. GradientLoad.Parameters(this),
                Input,
                KernelParameter.Floats("slopes", new ParameterOf(weight)),
                KernelParameter.Floats("dx", new GradientOf(Source.Tensor)),
                .. Epilogue.ReplaysMask ? MaskParameters() : [],
            ],
            (writer, kernel) => WriteInputGradient(writer, kernel, adds)));
    }

    private KernelParameter Input => KernelParameter.Floats("x", new ValuesOf(Source.Tensor, SourceLayout.Origin));

    private string Slope(string channel) => shared ? KernelWriter.Broadcast("slopes", 0) : KernelWriter.Load("slopes", channel);

    private void WriteForward(KernelWriter writer, Kernel kernel, IReadOnlyList<OperandAccess> operands)
    {
        bool contiguous = SourceLayout.IsContiguous && Output.Layout.IsContiguous && operands.All(operand => operand.Layout.IsContiguous);
        ValueLoops loops = new(Output.Shape, contiguous, byChannel: !shared || Epilogue.ReadsChannels || Output.Layout.IsSlice);
        using (writer.Method(kernel))
        {
            loops.Write(writer, lanes =>
            {
                writer.Code.Line($"Floats value = {KernelWriter.Load("x", loops.At(SourceLayout))};");
                writer.Code.Line($"value = {ParametricRectifier.Of("value", Slope("i"))};");
                writer.Code.Line($"ref float target = ref Unsafe.Add(ref y, {loops.At(Output.Layout)});");
                FunctionPlace place = OperandAccess.Place(operands, operand => KernelWriter.Load(operand.Name, loops.At(operand.Layout)));
                writer.Store(Epilogue.ApplyAll("value", place, loops.Unit), "target", 0, lanes);
            });
        }
    }

    private void WriteWeightGradient(KernelWriter writer, Kernel kernel)
    {
        CodeWriter code = writer.Code;
        using (writer.Method(kernel))
        {
            new ChannelSums(writer, Source.Shape, "sum").Write(
                constants: () => { },
                terms: (storage, sums) =>
                {
                    GradientLoad.Write(writer, this, "n", needsUnit: false);
                    storage.AddProduct(sums[0], "value", $"-Simd.Max(-{InputAt("n")}, Simd.Zero)");
                },
                totals: lanes =>
                {
                    code.Line("ref float target = ref Unsafe.Add(ref dw, n);");
                    writer.Store("sum", "target", 0, lanes, adds: !shared);
                });
        }
    }

    private void WriteInputGradient(KernelWriter writer, Kernel kernel, bool adds)
    {
        using (writer.Method(kernel))
        using (writer.Loop("row", Source.Shape.Height, 1, alone: true))
        using (writer.Loop("column", Source.Shape.Width, 1, alone: true))
        {
            writer.Vectors(Channels, "n", lanes =>
            {
                GradientLoad.Write(writer, this, "n");
                writer.Code.Line($"Floats input = {InputAt("n")};");
                writer.Code.Line("ref float target = ref Unsafe.Add(ref dx, unit);");
                writer.Store(ParametricRectifier.GradientOf("value", "input", Slope("n")), "target", 0, lanes, adds);
            });
        }
    }

    private string InputAt(string channel) =>
        KernelWriter.Load("x", KernelWriter.Index(("row", SourceLayout.RowStride), ("column", SourceLayout.PixelStride), (channel, 1)));
}

/// <summary>
/// PReLU at inference, and in training if it is frozen. A slope may be negative, so the function is not non-decreasing, and the sign of the input
/// cannot be read from the output.
/// </summary>
/// <param name="Slopes">The slope of each channel.</param>
internal sealed record ParametricRectifier(Operand Slopes) : PointwiseFunction
{
    public override string Description => "PReLU";

    public override DerivativeNeed Need => DerivativeNeed.Input;

    public override IReadOnlyList<ChannelValues> Channels => [new("slope", Slopes, InGradient: true)];

    /// <summary>The function for a slope.</summary>
    public static string Of(string x, string slope) => $"Simd.Select(Simd.GreaterOrNaN({x}, Simd.Zero), {x}, {x} * {slope})";

    /// <summary>Its gradient with respect to the input.</summary>
    public static string GradientOf(string gradient, string x, string slope) =>
        $"Simd.Select(Simd.GreaterOrNaN({x}, Simd.Zero), {gradient}, {gradient} * {slope})";

    public override string Forward(string x, FunctionPlace place) => Of(x, place.Channel!(this, "slope"));

    public override string Gradient(string gradient, FunctionPlace place) => GradientOf(gradient, place.Input, place.Channel!(this, "slope"));
}
