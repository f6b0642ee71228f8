using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Graph.Tuning;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Operations;

/// <summary>The sizes of a convolution's filters.</summary>
/// <param name="Count">The number of filters: output channels.</param>
/// <param name="Height">Lines of a filter.</param>
/// <param name="Width">Columns of a filter.</param>
/// <param name="Stride">Pixels from one position to the next, in both directions.</param>
/// <param name="Padding">The zeros around the image.</param>
/// <param name="Dilation">Pixels from one line or column of a filter to the next one.</param>
/// <param name="Groups">Into how many groups channels and filters are divided: a filter reads only the channels of its own group.</param>
internal sealed record FilterShape(int Count, int Height, int Width, int Stride, Halo Padding, int Dilation = 1, int Groups = 1)
{
    /// <summary>Lines of the input under a filter.</summary>
    public int HeightExtent => ((Height - 1) * Dilation) + 1;

    /// <summary>Columns of the input under a filter.</summary>
    public int WidthExtent => ((Width - 1) * Dilation) + 1;
}

/// <summary>
/// A convolution of an image, or of a sequence as an image of one row: for one sample and group, a matrix product whose left operand has
/// overlapping rows. Where every group has one channel and one filter, it is depthwise and has sums of its own; see <see cref="DepthwiseKernels"/>.
/// </summary>
/// <param name="layer">The name of the layer.</param>
/// <param name="input">An image.</param>
/// <param name="filters">The filters.</param>
/// <param name="height">Rows of the output.</param>
/// <param name="width">Columns of the output.</param>
/// <param name="weight">The parameter with the weights.</param>
/// <param name="bias">The parameter with the biases.</param>
internal sealed class ConvolutionOperation(string layer, View input, FilterShape filters, int height, int width, string weight, string bias)
    : Operation(layer, [input], new SampleShape(height, width, filters.Count))
{
    // The suffix of two names: of the kernel that computes dL/dz, and of the buffer that it writes.
    private const string PreActivationGradient = "PreActivationGradient";

    private const string ArgmaxSuffix = "Argmax";

    private const string Flipped = "Flipped";

    /// <summary>The sizes of the filters, and their stride, padding, dilation and groups.</summary>
    public FilterShape Filters => filters;

    /// <summary>The shape of the convolution's result, before pooling.</summary>
    public SampleShape Convolved { get; } = new(height, width, filters.Count);

    /// <summary>K: the number of terms in the sum of one output, and of rows in the matrix of the weights.</summary>
    public int Terms => filters.Height * LineLength;

    /// <summary>The number of weights in one line of a filter: kernel width × the channels of a group.</summary>
    public int LineLength => filters.Width * GroupChannels;

    /// <summary>The channels of the input that one filter reads.</summary>
    public int GroupChannels => Source.Shape.Channels / filters.Groups;

    /// <summary>The filters that read the same channels.</summary>
    public int GroupFilters => filters.Count / filters.Groups;

    /// <summary>Floats from the inputs of a kernel column to those of the next one.</summary>
    public int TapStride => filters.Dilation * Source.Shape.Channels;

    /// <summary>Whether the inputs that a line of a filter multiplies are contiguous; they are not with groups or dilation.</summary>
    public bool IsContiguous => TapStride == GroupChannels;

    private bool IsDepthwise => filters.Groups > 1 && GroupChannels == 1 && GroupFilters == 1;

    /// <summary>
    /// The buffer of the gradient with respect to <see cref="Convolved"/>: dilated by the stride and with a halo, so that the gradient with
    /// respect to the input is a convolution of it with stride 1.
    /// </summary>
    public BufferLayout GradientLayout
    {
        get
        {
            int bottom = Source.Shape.Height + filters.HeightExtent - 1 - TopOfGradient - (((Convolved.Height - 1) * filters.Stride) + 1);
            int right = Source.Shape.Width + filters.WidthExtent - 1 - LeftOfGradient - (((Convolved.Width - 1) * filters.Stride) + 1);
            Halo halo = new(Math.Max(0, TopOfGradient), Math.Max(0, LeftOfGradient), Math.Max(0, bottom), Math.Max(0, right));
            return new BufferLayout(Convolved, halo, filters.Stride);
        }
    }

    // The rows above and the columns left of that gradient which the convolution reads; negative if it skips some, where the padding is wider than the
    // kernel.
    private int TopOfGradient => filters.HeightExtent - 1 - filters.Padding.Top;

    private int LeftOfGradient => filters.WidthExtent - 1 - filters.Padding.Left;

    public override bool TakesFunctions => true;

    public override bool WritesSlices => true;

    public override bool KnowsChannels => true;

    // The sums of all positions of a pooling window are in registers at the same time; for a larger window there are too few registers.
    public override bool TakesWindow(int size) => size <= RegisterTile.MaxFusedPool;

    public override bool ReadsInVectors => IsDepthwise;

    // Only the weight gradient reads them.
    public override bool KeepsInputs => IsTrained;

    public override Halo HaloAround(View input) => filters.Padding;

    public override IReadOnlyList<string> Parameters => [weight, bias];

    public override long Cost => (long)Terms * Convolved.Length;

    public override string Form => "register tiles";

    protected override string Description =>
        (Source.Shape.Height > 1 || filters.Height > 1 ? Invariant($" by {filters.Height}×{filters.Width}") : Invariant($" by {filters.Width}"))
        + Invariant($", stride {filters.Stride}")
        + (filters.Dilation > 1 ? Invariant($", dilation {filters.Dilation}") : "")
        + (IsDepthwise ? ", depthwise" : filters.Groups > 1 ? Invariant($", {filters.Groups} groups") : "");

    public override Sharing? Sharing => Sharing.OfRows(
        new PositionGrid(Output.Shape.Height, Output.Shape.Width, Epilogue.Pool * Epilogue.Pool, Terms, HeldRows: 1, PartRows: 0, Exact: false), Cost);

    public override Preparation? BackwardWeights => IsDepthwise ? null : new(
        Name,
        LayerText,
        [Flipped],
        Terms * filters.Count,
        items: filters.Groups,
        (parameter, array, item) => new(
            filters.Groups > 1 ? "WeightPacking.FlipGroup" : "WeightPacking.FlipConvolution",
            [
                parameter(weight), Invariant($"{filters.Height * filters.Width}"), Invariant($"{GroupChannels}"), Invariant($"{GroupFilters}"), array(Flipped),
                .. filters.Groups > 1 ? [item] : Array.Empty<string>(),
            ]));

    public override IReadOnlyList<TrainingBuffer> Buffers => Argmax is { } argmax ? [argmax, GradientBuffer] : [GradientBuffer];

    private TrainingBuffer GradientBuffer => new(
        this,
        PreActivationGradient,
        GradientLayout,
        new SampleShape(Output.Shape.Height * Epilogue.Pool, Output.Shape.Width * Epilogue.Pool, filters.Count),
        InBackward: true,
        $"the gradient with respect to the pre-activations, {Convolved}");

    private TrainingBuffer? Argmax => !Epilogue.Pools ? null : new(
        this, ArgmaxSuffix, new BufferLayout(Output.Shape, default), Output.Shape, InBackward: false, "the argmax of each window");

    public override Kernel Forward(PassMemory memory)
    {
        bool keepsArgmax = memory.IsTraining && Argmax is not null;
        BufferLayout from = SourceLayout;
        BufferLayout to = Output.Layout;
        ConvolutionShape shape = new(
            Name, Summary, filters.Height, LineLength, IsDepthwise ? filters.Count : GroupFilters,
            Output.Shape.Height * Epilogue.Pool, Output.Shape.Width * Epilogue.Pool, filters.Dilation * from.LineStride, filters.Stride * from.LineStride, filters.Stride * from.PixelStride, to.RowStride, to.PixelStride,
            Bias: true, keepsArgmax, Epilogue, filters.Padding)
        {
            ImageLines = Source.Shape.Height,
            ImageColumns = Source.Shape.Width,
            KernelWidth = filters.Width,
            Dilation = filters.Dilation,
            Groups = IsDepthwise ? 1 : filters.Groups,
            IsDepthwise = IsDepthwise,
            Sharing = memory.IsTraining ? null : Sharing,
            Operands = OperandAccess.Of(this, memory),
        };
        return new Kernel(
            Name,
            Summary,
            [
                KernelParameter.Floats("x", new ValuesOf(Source.Tensor, from.OriginOf(filters.Padding))),
                KernelParameter.Floats("w", new ParameterOf(weight)),
                KernelParameter.Floats("bias", new ParameterOf(bias)),
                KernelParameter.Floats("y", new ValuesOf(Output, to.Origin)),
                .. keepsArgmax ? [KernelParameter.Floats("argmaxes", new BufferOf(Argmax!, 0))] : Array.Empty<KernelParameter>(),
                .. shape.Operands.Select(operand => operand.Parameter),
                .. MaskParameters(),
                .. shape.Sharing is null ? Array.Empty<KernelParameter>()
                    : [KernelParameter.Number("rowBegin", new PartBegin()), KernelParameter.Number("rowEnd", new PartEnd())],
            ],
            (writer, kernel) => new ConvolutionKernels(writer).Write(kernel, shape))
        {
            Key = shape.Key,
        };
    }

    public override IEnumerable<GradientStep> Backward(TrainingMemory memory)
    {
        // dz = f'(z) · dy at the maximum of each pooling window, and 0 elsewhere; db is the sum of dz over the positions.
        BufferLayout gradient = GradientLayout;
        BufferOf inside = new(GradientBuffer, gradient.Origin);
        yield return GradientStep.OfOperation(new Kernel(
            Name + PreActivationGradient,
            $"{LayerText}: the gradients with respect to the pre-activations, {Convolved}{(IsTrained ? ", and the biases" : "")}.",
            [
                .. GradientLoad.Parameters(this),
                .. Argmax is null ? Array.Empty<KernelParameter>() : [KernelParameter.Floats("argmaxes", new BufferOf(Argmax, 0))],
                KernelParameter.Floats("dz", inside),
                .. IsTrained ? [KernelParameter.Floats("db", new ParameterGradientOf(bias))] : Array.Empty<KernelParameter>(),
                .. Epilogue.ReplaysMask ? MaskParameters() : [],
            ],
            (writer, kernel) => WritePreActivationGradient(writer, kernel)));

        // dW[k, n] is the sum over positions of x[k] · dz[n].
        yield return GradientStep.OfParameters(new Kernel(
            Name + "WeightGradient",
            Invariant($"{LayerText}: the gradient with respect to {Terms} × {filters.Count} weights, summed over the samples."),
            [
                KernelParameter.Floats("x", new ValuesOf(Source.Tensor, SourceLayout.OriginOf(filters.Padding))),
                KernelParameter.Floats("dz", inside),
                KernelParameter.Floats("dw", new ParameterGradientOf(weight)),
            ],
            (writer, kernel) => WriteWeightGradient(writer, kernel))
        {
            Key = new(Invariant($"weight gradient: {IsDepthwise} {Convolved} {SourceLayout.Key} {gradient.Key}"), filters.ToString()),
        });

        // dx is the convolution of dz with the flipped and transposed weights.
        ConvolutionShape input = InputGradient(memory);
        int skipped = (Math.Max(0, -TopOfGradient) * gradient.LineStride) + (Math.Max(0, -LeftOfGradient) * filters.Count);
        yield return GradientStep.Of(Source.Tensor, new Kernel(
            input.Name,
            input.Summary,
            [
                KernelParameter.Floats("x", new BufferOf(GradientBuffer, skipped)),
                .. input.TakesBothWeights ? [KernelParameter.Floats("plain", new ParameterOf(weight))] : Array.Empty<KernelParameter>(),
                KernelParameter.Floats("w", BackwardWeights is { } flipped ? new PreparedOf(flipped, Flipped) : new ParameterOf(weight)),
                KernelParameter.Floats("y", new GradientOf(Source.Tensor)),
            ],
            (writer, kernel) => new ConvolutionKernels(writer).Write(kernel, input))
        {
            Key = input.Key,
        });
    }

    private ConvolutionShape InputGradient(TrainingMemory memory)
    {
        BufferLayout gradient = GradientLayout;
        BufferLayout input = new(Source.Shape, default);
        return new ConvolutionShape(
            Name + "InputGradient", $"{LayerText}: the gradient with respect to the input, {Source.Shape}.", filters.Height,
            IsDepthwise ? filters.Width : filters.Width * GroupFilters, IsDepthwise ? filters.Count : GroupChannels, Source.Shape.Height, Source.Shape.Width,
            filters.Dilation * gradient.LineStride, gradient.LineStride, filters.Count, input.RowStride, input.PixelStride,
            Bias: false, KeepsArgmax: false, Epilogue.None, gradient.Halo)
        {
            ImageLines = ((Convolved.Height - 1) * filters.Stride) + 1 - Math.Max(0, -TopOfGradient),
            ImageColumns = ((Convolved.Width - 1) * filters.Stride) + 1 - Math.Max(0, -LeftOfGradient),
            KernelWidth = filters.Width,
            Dilation = filters.Dilation,
            Groups = IsDepthwise ? 1 : filters.Groups,
            IsDepthwise = IsDepthwise,
            IsFlipped = IsDepthwise,
            TakesBothWeights = filters.Groups == 1 && filters.Dilation == 1 && ConvolutionTiling.MayUseDots(Source.Shape.Channels, filters.Width, filters.Count),
            Adds = AddsInputGradient(memory),
        };
    }

    private void WriteWeightGradient(KernelWriter writer, Kernel kernel)
    {
        if (IsDepthwise)
            new DepthwiseKernels(writer).WeightGradient(kernel, this);
        else
            new WeightGradientKernels(writer).Convolution(kernel, this);
    }

    private void WritePreActivationGradient(KernelWriter writer, Kernel kernel)
    {
        BufferLayout gradient = GradientLayout;
        int pool = Epilogue.Pool;
        using (writer.Method(kernel))
        {
            writer.Vectors(filters.Count, "n", alone: true, body: lanes =>
            {
                if (!IsTrained)
                {
                    using (writer.Nest(KernelWriter.Each("row", Output.Shape.Height), KernelWriter.Each("column", Output.Shape.Width)))
                        OfPosition(lanes, sum: null);
                    return;
                }

                writer.Code.Line("Floats sum = Simd.Zero;");
                PositionSums.Write(writer, Output.Shape, ["sum"], sums => OfPosition(lanes, sums[0]));
                writer.Store("sum", "db", "n", lanes, adds: true);
            });
        }

        void OfPosition(int lanes, string? sum)
        {
            GradientLoad.Write(writer, this, "n", needsUnit: Argmax is not null);
            if (Argmax is not null)
                writer.Code.Line("Floats argmax = Simd.Load(ref argmaxes, unit);");
            if (sum is not null)
                writer.Code.Line($"{sum} += value;");
            writer.Code.Line($"ref float target = ref Unsafe.Add(ref dz, {KernelWriter.Index(("row", pool * gradient.RowStride), ("column", pool * gradient.PixelStride), ("n", 1))});");
            writer.Code.Rows(Enumerable.Range(0, pool).Select(i => Enumerable.Range(0, pool).Select(j => writer.Stored(
                pool == 1 ? "value" : Invariant($"Simd.SelectAt(argmax, {(i * pool) + j}f, value)"),
                "target",
                (i * gradient.RowStride) + (j * gradient.PixelStride),
                lanes)).ToArray()));
        }
    }
}
