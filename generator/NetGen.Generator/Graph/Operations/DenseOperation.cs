using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Graph.Tuning;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Operations;

/// <summary>Every output is a weighted sum of every input: for all samples at once, one matrix product <c>y = x·W + b</c>.</summary>
internal sealed class DenseOperation(string layer, View input, int units, string weight, string bias)
    : Operation(layer, [new View(input.Tensor, new SampleShape(1, 1, input.Shape.Length))], new SampleShape(1, 1, units))
{
    private const string Transposed = "Transposed";

    /// <summary>The inputs of a sample, which are the rows of the matrix of weights.</summary>
    public int Rows => Source.Shape.Length;

    /// <summary>The outputs of a sample, which are its columns.</summary>
    public int Columns => units;

    // Where the only pixel of an image is read as flat features, there may be zeros around it.
    private ValuesOf Input => new(Source.Tensor, SourceLayout.Origin);

    public override bool TakesAllSamples => true;

    public override bool WritesExactly => true;

    public override bool TakesFunctions => true;

    public override bool WritesSlices => true;

    public override bool KnowsChannels => true;

    public override bool ReadsInVectors => false;

    // Only the weight gradient reads them.
    public override bool KeepsInputs => IsTrained;

    public override IReadOnlyList<string> Parameters => [weight, bias];

    public override long Cost => (long)Rows * Columns;

    public override string Form => "register tiles";

    protected override string Description => "";

    public override Sharing? Sharing => Sharing.OfPanels(Columns, Cost);

    public override Unrolled? Unrolled => new(Cost, (long)Rows * ((Columns + 3) / 4));

    public override IReadOnlyList<Preparation> BackwardWeights => [TransposedWeights];

    private Preparation TransposedWeights => new(
        Name,
        LayerText,
        [Transposed],
        Rows * Columns,
        RegisterTile.Panels(Rows),
        (parameter, array, item) => new(
            "WeightPacking.TransposeDense", [parameter(weight), Invariant($"{Rows}"), Invariant($"{Columns}"), array(Transposed), item]));

    public override int BatchWorkspaceLength => RegisterTile.PanelWidth * Columns;

    // dW[k, n] is the sum over samples of x[k] · dz[n].
    public override WholeBatchGradient? WholeBatch => !IsTrained || !Sharding.IsWholeBatch(Cost) ? null : new(
        this, Input, Rows, Columns, weight, WeightGradientKernels.WholeBatch(Name + "WeightGradient", WeightGradientSummary, Rows, Columns));

    public override Kernel Forward(PassMemory memory)
    {
        DenseShape shape = ForwardShape(memory);
        return new Kernel(Name, Summary, [.. ForwardParameters(shape), .. MaskParameters()], (writer, kernel) => Write(writer, kernel, shape)) { Key = shape.Key };
    }

    public override IEnumerable<GradientStep> Backward(TrainingMemory memory)
    {
        // Without fused functions dz is dy. Then this kernel only computes the bias gradient, which a frozen layer has not.
        Kernel gradient = PreActivationGradient(memory);
        yield return Epilogue.ChangesGradient ? GradientStep.OfOperation(gradient) : GradientStep.OfParameters(gradient);
        if (WholeBatch is null)
        {
            yield return GradientStep.OfParameters(WeightGradientKernels.OfShard(
                Name + "WeightGradient", WeightGradientSummary, Rows, Columns, memory,
                [
                    KernelParameter.Floats("x", Input),
                    KernelParameter.Floats("dz", new GradientOf(Output)),
                    KernelParameter.Floats("dw", new ParameterGradientOf(weight)),
                    KernelParameter.Number("samples", new SampleCount()),
                ]));
        }

        yield return memory.TransposesPanels(this)
            ? GradientStep.OfPanels(Source.Tensor, InputGradientOfPanel(memory), RegisterTile.Panels(Rows))
            : GradientStep.Of(Source.Tensor, InputGradient(memory));
    }

    /// <summary>dz = f'(z) · dy, in place of dy; db is the sum of dz over the samples.</summary>
    private Kernel PreActivationGradient(TrainingMemory memory) => !Epilogue.ChangesGradient && !memory.IsUnrolled
        ? Kernel.OfLibrary(
            "DenseGradients.AddBias",
            new GradientOf(Output), new SampleStride(Output), new Local(Invariant($"{Columns}")), new ParameterGradientOf(bias), new SampleCount())
        : new Kernel(
            Name + (Epilogue.ChangesGradient ? "PreActivationGradient" : "BiasGradient"),
            Epilogue.ChangesGradient
                ? $"{LayerText}: the gradients with respect to the pre-activations, in place{(IsTrained ? ", and the biases" : "")}."
                : $"{LayerText}: the gradients with respect to the biases.",
            [
                KernelParameter.Floats("dy", new GradientOf(Output)),
                .. Epilogue.NeedsOutput ? [KernelParameter.Floats("y", new ValuesOf(Output, Output.Layout.Origin))] : Array.Empty<KernelParameter>(),
                .. OperandAccess.OfGradient(Epilogue).Select(access => access.Parameter),
                .. IsTrained ? [KernelParameter.Floats("db", new ParameterGradientOf(bias))] : Array.Empty<KernelParameter>(),
                KernelParameter.Number("samples", new SampleCount()),
                .. Epilogue.ReplaysMask ? MaskParameters() : [],
            ],
            (writer, kernel) => WritePreActivationGradient(writer, kernel, memory))
        {
            Key = new(
                Invariant($"pre-activation gradient: {Columns} {memory.ActivationsLength} {memory.IsUnrolled} {IsTrained}"),
                $"{(Epilogue.ReplaysMask ? Name : "")} {Epilogue.Gradient("value", GradientLoad.Place(Epilogue, "n") with { Output = "output", Unit = "n" })}"),
        };

    /// <summary>
    /// dx = dz · Wᵀ, a dense layer without a bias. If the pass has no memory for it, because dx belongs to the network's input and that has one reader, a
    /// method of the library computes it into the caller's memory, one sample at a time: few callers ask for it.
    /// </summary>
    private Kernel InputGradient(TrainingMemory memory)
    {
        if (!memory.HasGradient(Source.Tensor))
        {
            return Kernel.OfLibrary(
                "DenseGradients.Inputs",
                new GradientOf(Output), new PreparedOf(TransposedWeights, Transposed), new Local(Invariant($"{Rows}")), new Local(Invariant($"{Columns}")), new GradientOf(Source.Tensor));
        }

        DenseShape input = InputGradientShape(memory, "");
        return new Kernel(
            input.Name,
            input.Summary,
            [
                KernelParameter.Floats("x", new GradientOf(Output)),
                KernelParameter.Floats("w", new PreparedOf(TransposedWeights, Transposed)),
                KernelParameter.Floats("y", new GradientOf(Source.Tensor)),
                .. Strides(input, Output, Source.Tensor),
                KernelParameter.Number("samples", new SampleCount()),
            ],
            (writer, kernel) => Write(writer, kernel, input))
        {
            Key = input.Key,
        };
    }

    /// <summary>
    /// The same for one panel of inputs and the whole batch. The kernel transposes the weights of the panel itself: all samples read them then from the L2 cache, and the
    /// transpose of all weights never goes through memory.
    /// </summary>
    private Kernel InputGradientOfPanel(TrainingMemory memory)
    {
        DenseShape input = InputGradientShape(memory, " of one panel, for the whole batch");
        return new Kernel(
            input.Name,
            input.Summary,
            [
                KernelParameter.Floats("x", new GradientOf(Output)),
                KernelParameter.Floats("w", new ParameterOf(weight)),
                KernelParameter.Floats("transposed", new TransposedPanel()),
                KernelParameter.Floats("y", new GradientOf(Source.Tensor)),
                KernelParameter.Number("samples", new SampleCount()),
                KernelParameter.Number("panel", new PartBegin()),
            ],
            (writer, kernel) => new DensePanelKernels(writer).WriteTransposed(kernel, input));
    }

    private DenseShape InputGradientShape(TrainingMemory memory, string what) => new(
        Name + "InputGradient", Invariant($"{LayerText}: the gradient with respect to {Rows} inputs{what}."), Columns, Rows,
        memory.ActivationsLength, memory.ActivationsLength, Bias: false, Epilogue.None)
    {
        Adds = AddsInputGradient(memory),
        IsUnrolled = memory.IsUnrolled,
    };

    public override void WriteUnrolled(KernelWriter writer, UnrolledSample sample) => UnrolledKernel.Dense(writer, sample, this, Rows, Columns, weight, bias);

    private string WeightGradientSummary => Invariant($"{LayerText}: the gradient with respect to {Rows} × {Columns} weights.");

    private static void Write(KernelWriter writer, Kernel kernel, DenseShape shape)
    {
        if (shape.HasPanels)
            new DensePanelKernels(writer).Write(kernel, shape);
        else
            new DenseKernels(writer).Write(kernel, shape);
    }

    private DenseShape ForwardShape(PassMemory memory) => new(
        Name, Summary, Rows, Columns, memory.SampleStride(Source.Tensor), memory.SampleStride(Output), Bias: true, Epilogue)
    {
        IsShared = memory.SharingOf(this) is not null,
        IsUnrolled = memory.IsUnrolled,
        Operands = OperandAccess.Of(this, memory),
    };

    private IEnumerable<KernelParameter> ForwardParameters(DenseShape shape) =>
    [
        KernelParameter.Floats("x", Input),
        KernelParameter.Floats("w", new ParameterOf(weight)),
        KernelParameter.Floats("bias", new ParameterOf(bias)),
        KernelParameter.Floats("y", new ValuesOf(Output, Output.Layout.Origin)),
        .. shape.Operands.Select(operand => operand.Parameter),
        .. Strides(shape, Source.Tensor, Output),
        KernelParameter.Number("samples", new SampleCount()),
        .. shape.IsShared ? [KernelParameter.Number("panelBegin", new PartBegin()), KernelParameter.Number("panelEnd", new PartEnd())] : Array.Empty<KernelParameter>(),
    ];

    private static IEnumerable<KernelParameter> Strides(DenseShape shape, Tensor from, Tensor to) => !shape.TakesStrides ? []
        : [KernelParameter.Number("xStride", new SampleStride(from)), KernelParameter.Number("yStride", new SampleStride(to))];

    private void WritePreActivationGradient(KernelWriter writer, Kernel kernel, TrainingMemory memory)
    {
        using (writer.Method(kernel))
        {
            writer.Vectors(Columns, "n", alone: true, isUnrolled: memory.IsUnrolled && Tuning.Unrolled.IsWorth(Columns, 0), body: lanes =>
            {
                if (IsTrained)
                    writer.Code.Line("Floats sum = Simd.Load(ref db, n);");
                using (writer.Code.Open("for (nint sample = 0; sample < samples; sample++)"))
                    OfSample(lanes);
                if (IsTrained)
                    writer.Store("sum", "db", "n", lanes);
            });
        }

        void OfSample(int lanes)
        {
            writer.Code.Line($"ref float gradient = ref Unsafe.Add(ref dy, {KernelWriter.Index(("sample", memory.ActivationsLength), ("n", 1))});");
            if (!Epilogue.ChangesGradient)
            {
                writer.Code.Line($"sum += {KernelWriter.Load("gradient")};");
                return;
            }

            writer.Code.Line($"Floats value = {KernelWriter.Load("gradient")};");
            if (Epilogue.NeedsOutput)
                writer.Code.Line($"Floats output = Simd.Load(ref y, {KernelWriter.Index(("sample", memory.ActivationsLength), ("n", 1))});");
            if (Epilogue.ReplaysMask)
                writer.Code.Line(Invariant($"ulong key = DropoutMask.Key(seed, step, Mask.{Name}, firstSample + (int)sample);"));
            writer.Code.Statement($"value = {Epilogue.Gradient("value", GradientLoad.Place(Epilogue, "n") with { Output = "output", Unit = "n" })};");
            writer.Store("value", "gradient", 0, lanes);
            if (IsTrained)
                writer.Code.Line("sum += value;");
        }
    }
}
