using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Operations;

/// <summary>The parameters of a batch normalisation, by their names in the network.</summary>
/// <param name="Weight">The factors after the normalisation.</param>
/// <param name="Bias">What is added last.</param>
/// <param name="RunningMean">The running means.</param>
/// <param name="RunningVariance">The running variances.</param>
internal sealed record NormalizationParameters(string Weight, string Bias, string RunningMean, string RunningVariance)
{
    /// <summary>All of them, in the order in which the library takes them.</summary>
    public IReadOnlyList<string> All => [Weight, Bias, RunningMean, RunningVariance];
}

/// <summary>
/// Batch normalisation in training: <c>y = (x − mean) / sqrt(variance + ε) · weight + bias</c> for each channel, with mean and biased variance of
/// all values of the channel in the batch. There are two reductions over the batch: of mean and variance before the first output, and of the
/// gradients with respect to weight and bias before the gradient with respect to the input.
/// </summary>
/// <param name="layer">The name of the layer.</param>
/// <param name="input">Any shape.</param>
/// <param name="parameters">Its parameters.</param>
/// <param name="momentum">The share of the batch in the running statistics.</param>
/// <param name="epsilon">What is added to the variance.</param>
internal sealed class BatchNormOperation(string layer, View input, NormalizationParameters parameters, float momentum, float epsilon)
    : Operation(layer, [input], input.Shape)
{
    private const string StatisticsSuffix = "Statistics";
    private const string ParameterGradientSuffix = "ParameterGradient";

    // The values of the batch that the kernels read, in the order of the library's BatchNormalization. Its methods get the first one and find the
    // others after it.
    private const string Mean = "Mean";
    private const string InverseDeviation = "InverseDeviation";
    private const string Scale = "Scale";
    private const string Shift = "Shift";
    private const string Slope = "Slope";
    private const string Offset = "Offset";

    public override bool TakesFunctions => true;

    public override bool ReadsOutput => base.ReadsOutput && !ComputesOutputAgain;

    public override bool WritesSlices => true;

    public override bool KnowsChannels => true;

    public override IReadOnlyList<string> Parameters => [parameters.Weight, parameters.Bias];

    public override IReadOnlyList<string> NameSuffixes => [StatisticsSuffix, ParameterGradientSuffix];

    public override long Cost => Output.Shape.Length;

    public override string Form => "loop";

    protected override string Description => " normalised over the batch";

    public override BatchReduction? Reduction => new(
        this,
        SumsLength: 2 * MeansLength,
        Values: [Mean, InverseDeviation, Scale, Shift, Slope, Offset],
        ValueLength: Channels,
        IsOfOneValue: Positions == 1,
        Forward: place => new("BatchNormalization.Reduce",
        [
            place.Sums, place.SumsStride, place.ShardSize, place.Samples, Invariant($"{Positions}"), Invariant($"{Channels}"), Epsilon,
            KernelWriter.Float(momentum), .. parameters.All.Select(place.Parameter), place.Value(Mean),
        ]),
        Prediction: place => new("BatchNormalization.Fold",
            [.. parameters.All.Select(place.Parameter), Epsilon, Invariant($"{Channels}"), place.Value(Scale), place.Value(Shift)]),
        Backward: place => new("BatchNormalization.ReduceGradients",
        [
            place.ParameterGradient(parameters.Weight), place.ParameterGradient(parameters.Bias), place.GradientStride, place.ShardSize, place.Samples,
            Invariant($"{Positions}"), Invariant($"{Channels}"), place.Value(Mean),
        ]));

    // The stored output is one array more to read from memory, and x is read anyway.
    private bool ComputesOutputAgain => Epilogue.Functions.Count == 1 && Epilogue.NeedsOutput && Epilogue.Functions[0].InputServesAsOutput;

    private int Channels => Source.Shape.Channels;

    private int Positions => Source.Shape.Height * Source.Shape.Width;

    /// <summary>The length of a shard's means in whole cache lines; its sums of squared deviations follow.</summary>
    private int MeansLength => MemoryPlanner.WholeLines(Channels);

    private string Epsilon => KernelWriter.Float(epsilon);


    public override Kernel Forward(PassMemory memory)
    {
        IReadOnlyList<OperandAccess> operands = OperandAccess.Of(this, memory);
        return new Kernel(
            Name,
            Summary,
            [
                KernelParameter.Floats("x", new ValuesOf(Source.Tensor, SourceLayout.Origin)),
                Value("scale", Scale),
                Value("shift", Shift),
                KernelParameter.Floats("y", new ValuesOf(Output, Output.Layout.Origin)),
                .. operands.Select(operand => operand.Parameter),
                .. MaskParameters(),
            ],
            (writer, kernel) => WriteForward(writer, kernel, operands));
    }

    /// <summary>The kernel that computes a shard's mean and sum of squared deviations in each channel.</summary>
    public override Kernel? Statistics(TrainingMemory memory) => new(
        Name + StatisticsSuffix,
        Invariant($"{LayerText}: mean and sum of squared deviations of each channel of {Source.Shape}, over the samples of a shard."),
        [
            KernelParameter.Floats("x", new ValuesOf(Source.Tensor, SourceLayout.Origin)),
            KernelParameter.Floats("means", new ShardSumsOf(0)),
            KernelParameter.Floats("squares", new ShardSumsOf(MeansLength)),
            KernelParameter.Number("samples", new SampleCount()),
        ],
        (writer, kernel) => BatchStatisticsKernel.Write(writer, kernel, SourceLayout, memory.SampleStride(Source.Tensor)));

    public override IEnumerable<GradientStep> Backward(TrainingMemory memory)
    {
        // With x̂ = (x − mean) / sqrt(variance + ε): db is the sum of dy, and dw is the sum of dy · x̂. The reduction reads both.
        yield return GradientStep.OfOperation(new Kernel(
            Name + ParameterGradientSuffix,
            $"{LayerText}: the gradients with respect to weight and bias, added to those of earlier samples.",
            [
                .. GradientLoad.Parameters(this),
                KernelParameter.Floats("x", new ValuesOf(Source.Tensor, SourceLayout.Origin)),
                Value("means", Mean),
                Value("inverses", InverseDeviation),
                .. ComputesOutputAgain ? [Value("scale", Scale), Value("shift", Shift)] : Array.Empty<KernelParameter>(),
                KernelParameter.Floats("dw", new ParameterGradientOf(parameters.Weight)),
                KernelParameter.Floats("db", new ParameterGradientOf(parameters.Bias)),
                .. Epilogue.ReplaysMask ? MaskParameters() : [],
            ],
            WriteParameterGradients));

        // Mean and variance depend on every x: dx = weight / sqrt(variance + ε) · (dy − mean(dy) − x̂ · mean(dy · x̂)). The
        // library's BatchNormalization brings this into the form scale · dy + slope · (x − mean) + offset.
        bool adds = AddsInputGradient(memory);
        yield return GradientStep.OfBatch(Source.Tensor, new Kernel(
            Name + "InputGradient",
            $"{LayerText}: the gradient with respect to the input, {Source.Shape}.",
            [
                .. GradientLoad.Parameters(this),
                KernelParameter.Floats("x", new ValuesOf(Source.Tensor, SourceLayout.Origin)),
                Value("means", Mean),
                Value("scale", Scale),
                .. ComputesOutputAgain ? [Value("shift", Shift)] : Array.Empty<KernelParameter>(),
                Value("slopes", Slope),
                Value("offsets", Offset),
                KernelParameter.Floats("dx", new GradientOf(Source.Tensor)),
                .. Epilogue.ReplaysMask ? MaskParameters() : [],
            ],
            (writer, kernel) => WriteInputGradient(writer, kernel, adds)));
    }

    private KernelParameter Value(string name, string value) => KernelParameter.Floats(name, new BatchValueOf(this, value));

    private void WriteForward(KernelWriter writer, Kernel kernel, IReadOnlyList<OperandAccess> operands)
    {
        bool contiguous = SourceLayout.IsContiguous && Output.Layout.IsContiguous && operands.All(operand => operand.Layout.IsContiguous);
        ValueLoops loops = new(Output.Shape, contiguous, byChannel: true);
        using (writer.Method(kernel))
        {
            loops.Write(writer, lanes =>
            {
                writer.Code.Line($"Floats value = {KernelWriter.MultiplyAdd(KernelWriter.Load("x", loops.At(SourceLayout)), KernelWriter.Load("scale", "i"), KernelWriter.Load("shift", "i"))};");
                writer.Code.Line($"ref float target = ref Unsafe.Add(ref y, {loops.At(Output.Layout)});");
                FunctionPlace place = OperandAccess.Place(operands, operand => KernelWriter.Load(operand.Name, loops.At(operand.Layout)));
                writer.Store(Epilogue.ApplyAll("value", place, loops.Unit), "target", 0, lanes);
            });
        }
    }

    private void WriteParameterGradients(KernelWriter writer, Kernel kernel)
    {
        CodeWriter code = writer.Code;
        using (writer.Method(kernel))
        {
            new ChannelSums(writer, Source.Shape, "sum", "product").Write(
                constants: () =>
                {
                    code.Line($"Floats mean = {KernelWriter.Load("means", "n")};");
                    if (ComputesOutputAgain)
                        code.Line($"Floats factor = {KernelWriter.Load("scale", "n")}, addend = {KernelWriter.Load("shift", "n")};");
                },
                terms: (storage, sums) =>
                {
                    WriteLoads(writer, needsUnit: false, "factor", "addend");
                    storage.Add(sums[0], "value");
                    storage.AddProduct(sums[1], "value", "input - mean");
                },
                totals: lanes =>
                {
                    code.Line("ref float weight = ref Unsafe.Add(ref dw, n);");
                    writer.Store($"product * {KernelWriter.Load("inverses", "n")}", "weight", 0, lanes, adds: true);
                    code.Line("ref float bias = ref Unsafe.Add(ref db, n);");
                    writer.Store("sum", "bias", 0, lanes, adds: true);
                });
        }
    }

    private void WriteInputGradient(KernelWriter writer, Kernel kernel, bool adds)
    {
        using (writer.Method(kernel))
        using (writer.Loop("row", Source.Shape.Height, 1))
        using (writer.Loop("column", Source.Shape.Width, 1))
        {
            writer.Vectors(Channels, "n", lanes =>
            {
                WriteLoads(writer, needsUnit: true, KernelWriter.Load("scale", "n"), KernelWriter.Load("shift", "n"));
                writer.Code.Line($"Floats deviation = input - {KernelWriter.Load("means", "n")};");
                writer.Code.Line($"value = {KernelWriter.MultiplyAdd("value", KernelWriter.Load("scale", "n"), KernelWriter.Load("offsets", "n"))};");
                writer.Code.Line("ref float target = ref Unsafe.Add(ref dx, unit);");
                writer.Store(KernelWriter.MultiplyAdd("deviation", KernelWriter.Load("slopes", "n"), "value"), "target", 0, lanes, adds);
            });
        }
    }

    /// <summary>Declares <c>input</c>, and <c>value</c>, the gradient with respect to the output of the normalisation.</summary>
    private void WriteLoads(KernelWriter writer, bool needsUnit, string scale, string shift)
    {
        string input = KernelWriter.Load("x", KernelWriter.Index(("row", SourceLayout.RowStride), ("column", SourceLayout.PixelStride), ("n", 1)));
        writer.Code.Line($"Floats input = {input};");
        GradientLoad.Write(writer, this, "n", needsUnit, ComputesOutputAgain ? KernelWriter.MultiplyAdd("input", scale, shift) : null);
    }

}
