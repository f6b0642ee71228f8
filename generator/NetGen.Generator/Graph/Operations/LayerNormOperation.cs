using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Operations;

/// <summary>
/// Layer normalisation: <c>y = (x − mean) / sqrt(variance + ε) · weight + bias</c> with mean and biased variance of the channels of each position.
/// Variances are computed from deviations, in a second pass over the channels, which are in the L1 cache.
/// </summary>
/// <param name="layer">The name of the layer.</param>
/// <param name="input">Any shape.</param>
/// <param name="weight">The parameter with the factors.</param>
/// <param name="bias">The parameter with what is added last.</param>
/// <param name="epsilon">What is added to the variance.</param>
internal sealed class LayerNormOperation(string layer, View input, string weight, string bias, float epsilon) : Operation(layer, [input], input.Shape)
{
    private const string ParameterGradientSuffix = "ParameterGradient";

    public override bool TakesFunctions => true;

    public override bool WritesSlices => true;

    public override bool KnowsChannels => true;

    public override IReadOnlyList<string> Parameters => [weight, bias];

    public override IReadOnlyList<string> NameSuffixes => [Means.Suffix, Inverses.Suffix, ParameterGradientSuffix];

    public override IReadOnlyList<TrainingBuffer> Buffers => [Means, Inverses];

    public override long Cost => Output.Shape.Length;

    public override string Form => "loop";

    protected override string Description => " normalised over the channels of each position";

    private int Channels => Source.Shape.Channels;


    private TrainingBuffer Means => OfPositions("Means", "the mean of each position");

    private TrainingBuffer Inverses => OfPositions("InverseDeviations", "1 / sqrt(variance + epsilon) of each position");

    public override Kernel Forward(PassMemory memory)
    {
        IReadOnlyList<OperandAccess> operands = OperandAccess.Of(this, memory);
        return new Kernel(
            Name,
            Summary,
            [
                KernelParameter.Floats("x", new ValuesOf(Source.Tensor, SourceLayout.Origin)),
                KernelParameter.Floats("w", new ParameterOf(weight)),
                KernelParameter.Floats("bias", new ParameterOf(bias)),
                KernelParameter.Floats("y", new ValuesOf(Output, Output.Layout.Origin)),
                .. memory.IsTraining
                    ? [KernelParameter.Floats("means", new BufferOf(Means, 0)), KernelParameter.Floats("inverses", new BufferOf(Inverses, 0))]
                    : Array.Empty<KernelParameter>(),
                .. operands.Select(operand => operand.Parameter),
                .. MaskParameters(),
            ],
            (writer, kernel) => WriteForward(writer, kernel, operands, memory.IsTraining));
    }

    public override IEnumerable<GradientStep> Backward(TrainingMemory memory)
    {
        // With x̂ = (x − mean) / sqrt(variance + ε): db is the sum of dy, and dw is the sum of dy · x̂.
        yield return GradientStep.OfParameters(new Kernel(
            Name + ParameterGradientSuffix,
            $"{LayerText}: the gradients with respect to weight and bias, added to those of earlier samples.",
            [
                .. GradientLoad.Parameters(this),
                .. Statistics(),
                KernelParameter.Floats("dw", new ParameterGradientOf(weight)),
                KernelParameter.Floats("db", new ParameterGradientOf(bias)),
                .. Epilogue.ReplaysMask ? MaskParameters() : [],
            ],
            WriteParameterGradients));

        // Mean and variance depend on every x of the position: with g = dy · weight, dx = (g − mean(g) − x̂ · mean(g · x̂)) / sqrt(variance + ε).
        bool adds = AddsInputGradient(memory);
        yield return GradientStep.Of(Source.Tensor, new Kernel(
            Name + "InputGradient",
            $"{LayerText}: the gradient with respect to the input, {Source.Shape}.",
            [
                .. GradientLoad.Parameters(this),
                .. Statistics(),
                KernelParameter.Floats("w", new ParameterOf(weight)),
                KernelParameter.Floats("dx", new GradientOf(Source.Tensor)),
                .. Epilogue.ReplaysMask ? MaskParameters() : [],
            ],
            (writer, kernel) => WriteInputGradient(writer, kernel, adds)));
    }

    private TrainingBuffer OfPositions(string suffix, string comment)
    {
        SampleShape positions = new(1, 1, Source.Shape.Height * Source.Shape.Width);
        return new(this, suffix, new BufferLayout(positions, default), InBackward: false, comment);
    }

    /// <summary>What backward reads beside the gradient.</summary>
    private KernelParameter[] Statistics() =>
    [
        KernelParameter.Floats("x", new ValuesOf(Source.Tensor, SourceLayout.Origin)),
        KernelParameter.Floats("means", new BufferOf(Means, 0)),
        KernelParameter.Floats("inverses", new BufferOf(Inverses, 0)),
    ];

    private void WriteForward(KernelWriter writer, Kernel kernel, IReadOnlyList<OperandAccess> operands, bool keepsStatistics)
    {
        CodeWriter code = writer.Code;
        BufferLayout to = Output.Layout;
        using (writer.Method(kernel))
        using (Positions(writer))
        {
            code.Line($"ref float pixel = ref Unsafe.Add(ref x, {Pixel(SourceLayout)});");
            code.Line("Floats sum = Simd.Zero;");
            writer.Vectors(Channels, "n", lanes => code.Line($"sum += {First(writer, KernelWriter.Load("pixel", "n"), lanes)};"));
            code.Line(Invariant($"float mean = Simd.Sum(sum) / {Channels};"));
            code.Line("Floats center = Simd.Splat(mean);");
            code.Line("Floats squares = Simd.Zero;");
            writer.Vectors(Channels, "n", lanes =>
            {
                code.Line($"Floats deviation = {First(writer, $"{KernelWriter.Load("pixel", "n")} - center", lanes)};");
                code.Line($"squares = {KernelWriter.MultiplyAdd("deviation", "deviation", "squares")};");
            });
            code.Line(Invariant($"float inverse = 1 / (float)Math.Sqrt((Simd.Sum(squares) / {Channels}) + {KernelWriter.Float(epsilon)});"));
            if (keepsStatistics)
            {
                code.Line($"Unsafe.Add(ref means, {Position}) = mean;");
                code.Line($"Unsafe.Add(ref inverses, {Position}) = inverse;");
            }

            code.Line("Floats factor = Simd.Splat(inverse);");
            code.Line($"ref float result = ref Unsafe.Add(ref y, {Pixel(to)});");
            writer.Vectors(Channels, "n", lanes =>
            {
                code.Line($"Floats normalised = ({KernelWriter.Load("pixel", "n")} - center) * factor;");
                code.Line($"Floats value = {KernelWriter.MultiplyAdd("normalised", KernelWriter.Load("w", "n"), KernelWriter.Load("bias", "n"))};");
                if (Epilogue.Mask is not null)
                    code.Line($"nint unit = {KernelWriter.Index(("row", Source.Shape.Width * Channels), ("column", Channels), ("n", 1))};");
                FunctionPlace place = OperandAccess.Place(operands, operand => KernelWriter.Load(
                    operand.Name, KernelWriter.Index(("row", operand.Layout.RowStride), ("column", operand.Layout.PixelStride), ("n", 1))));
                writer.Store(Epilogue.ApplyAll("value", place, "unit"), "result", "n", lanes);
            });
        }
    }

    private void WriteParameterGradients(KernelWriter writer, Kernel kernel)
    {
        CodeWriter code = writer.Code;
        using (writer.Method(kernel))
        {
            new ChannelSums(writer, Source.Shape, "sum", "product").Write(
                constants: () => { },
                terms: (storage, sums) =>
                {
                    GradientLoad.Write(writer, this, "n", needsUnit: false);
                    WriteNormalised(writer);
                    storage.Add(sums[0], "value");
                    storage.AddProduct(sums[1], "value", "normalised");
                },
                totals: lanes =>
                {
                    code.Line("ref float weight = ref Unsafe.Add(ref dw, n);");
                    writer.Store("product", "weight", 0, lanes, adds: true);
                    code.Line("ref float shift = ref Unsafe.Add(ref db, n);");
                    writer.Store("sum", "shift", 0, lanes, adds: true);
                });
        }
    }

    private void WriteInputGradient(KernelWriter writer, Kernel kernel, bool adds)
    {
        CodeWriter code = writer.Code;
        using (writer.Method(kernel))
        using (Positions(writer))
        {
            code.Line("Floats sum = Simd.Zero;");
            code.Line("Floats product = Simd.Zero;");
            writer.Vectors(Channels, "n", lanes =>
            {
                GradientLoad.Write(writer, this, "n", needsUnit: false);
                WriteNormalised(writer);
                code.Line($"value = {First(writer, $"value * {KernelWriter.Load("w", "n")}", lanes)};");
                code.Line("sum += value;");
                code.Line(lanes < writer.Lanes
                    ? $"product += {First(writer, "value * normalised", lanes)};"
                    : $"product = {KernelWriter.MultiplyAdd("value", "normalised", "product")};");
            });
            code.Line(Invariant($"Floats meanGradient = Simd.Splat(Simd.Sum(sum) / {Channels});"));
            code.Line(Invariant($"Floats meanProduct = Simd.Splat(Simd.Sum(product) / {Channels});"));
            writer.Vectors(Channels, "n", lanes =>
            {
                GradientLoad.Write(writer, this, "n");
                WriteNormalised(writer);
                code.Line($"value = (value * {KernelWriter.Load("w", "n")}) - meanGradient - (normalised * meanProduct);");
                code.Line("ref float target = ref Unsafe.Add(ref dx, unit);");
                writer.Store($"value * {KernelWriter.Broadcast("inverses", Position)}", "target", 0, lanes, adds);
            });
        }
    }

    /// <summary>Declares <c>normalised</c>, a vector of x̂.</summary>
    private void WriteNormalised(KernelWriter writer)
    {
        string input = KernelWriter.Load("x", KernelWriter.Index(("row", SourceLayout.RowStride), ("column", SourceLayout.PixelStride), ("n", 1)));
        writer.Code.Line($"Floats normalised = ({input} - {KernelWriter.Broadcast("means", Position)}) * {KernelWriter.Broadcast("inverses", Position)};");
    }

    private CodeWriter.Block Positions(KernelWriter writer) => writer.Nest(KernelWriter.Each("row", Source.Shape.Height), KernelWriter.Each("column", Source.Shape.Width));

    private string Position => KernelWriter.Index(("row", Source.Shape.Width), ("column", 1));

    private static string Pixel(BufferLayout layout) => KernelWriter.Index(("row", layout.RowStride), ("column", layout.PixelStride));

    /// <summary>A vector with 0 in the lanes after the valid ones, which hold what follows in memory.</summary>
    private static string First(KernelWriter writer, string value, int lanes) => lanes < writer.Lanes ? Invariant($"Simd.FirstLanes({value}, {lanes})") : value;
}
