using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Graph.Tuning;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Operations;

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

    private const string Workspace = "Workspace";

    private const string WeightGradientTiles = "WeightGradientTiles";

    private const string WeightGradientSums = "WeightGradientSums";

    // The lanes of the widest vector.
    private const int WholeVector = 16;

    // The suffix of the kernel that clears dL/dx where a stride leaves values that no filter reads.
    private const string ClearedGradient = "ClearedGradient";

    /// <summary>The sizes of the filters, and their stride, padding, dilation and groups.</summary>
    public FilterShape Filters => filters;

    /// <summary>Whether the outputs may be computed with Winograd's transforms.</summary>
    public WinogradMode Winograd { get; init; }

    /// <summary>Whether the gradients with respect to input and weights may be computed with Winograd's transforms.</summary>
    public WinogradMode WinogradInBackward { get; init; }

    /// <summary>The sizes of the weight gradient, where it may be computed with Winograd's transforms.</summary>
    public WinogradGradientShape WinogradGradient => new(
        Computed.Height,
        Computed.Width,
        GroupChannels,
        filters.Count,
        filters.Height,
        filters is { Stride: 1, Dilation: 1, Groups: 1 } && filters.Height == filters.Width && WinogradSize.Of(filters.Height).Any() ? WinogradInBackward : WinogradMode.Never);

    /// <summary>The stride of the layer, for comments; where there is only one position, that of the filters is 1.</summary>
    public int DeclaredStride { get; init; } = filters.Stride;

    /// <summary>The shape of the convolution's result, before pooling and <see cref="Cropping"/>.</summary>
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

    /// <summary>Whether every group has one channel and one filter.</summary>
    public bool IsDepthwise => filters.Groups > 1 && GroupChannels == 1 && GroupFilters == 1;

    /// <summary>The part of <see cref="Convolved"/> that is computed: pooling and <see cref="Cropping"/> may leave out the last rows and columns.</summary>
    public SampleShape Computed => new(Output.Shape.Height * Epilogue.Pool, Output.Shape.Width * Epilogue.Pool, filters.Count);

    /// <summary>The buffer of the gradient with respect to <see cref="Computed"/>.</summary>
    public BufferLayout GradientLayout => InputGradient.Layout;

    /// <summary>The convolutions of the gradient with respect to the input.</summary>
    public ConvolutionInputGradient InputGradient => new(this);

    private ConvolutionWeights Weights => new(this, weight, bias);

    public override bool TakesFunctions => true;

    public override bool WritesSlices => true;

    public override bool KnowsChannels => true;

    // The sums of all positions of a pooling window are in registers at the same time; for a larger window there are too few registers.
    public override bool TakesWindow(int size) => size <= RegisterTile.MaxFusedPool;

    public override bool ReadsInVectors => IsDepthwise
        || ForwardShapes.Any(shape => NarrowColumns.MayBeUsed(shape) || RepeatedInputs.MayBeUsed(shape) || (GroupChannels % WholeVector > 0 && WinogradTiling.UsedSizes(shape).Length > 0));

    // A mask counts all units, and operands have the shape of the whole image.
    public override bool CanBeCropped => Epilogue.Mask is null && !Epilogue.Operands.Any();

    // With one channel, two neighbouring positions may share a vector.
    public override int WidthMultiple => GroupChannels == 1 && !Epilogue.Pools ? 2 : 1;

    public override SampleShape PartRead(View input) => input.Shape with
    {
        Height = Math.Min(input.Shape.Height, Math.Max(1, ((Computed.Height - 1) * filters.Stride) + filters.HeightExtent - filters.Padding.Top)),
        Width = Math.Min(input.Shape.Width, Math.Max(1, ((Computed.Width - 1) * filters.Stride) + filters.WidthExtent - filters.Padding.Left)),
    };

    // Only the weight gradient reads them.
    public override bool KeepsInputs => IsTrained;

    public override Halo HaloAround(View input) => filters.Padding;

    public override IReadOnlyList<string> Parameters => [weight, bias];

    public override IReadOnlyList<string> NameSuffixes =>
        [ClearedGradient, .. ConvolutionWeights.NameSuffixes, Workspace, WeightGradientTiles, WeightGradientSums, "Forward" + Workspace, .. InputGradient.NameSuffixes];

    public override long Cost => (long)Terms * Computed.Length;

    public override string Form => WinogradTiling.UsedSizes(ForwardShape(keepsArgmax: false)).Length > 0 ? "Winograd" : "register tiles";

    protected override string Description =>
        (Source.Shape.Height > 1 || filters.Height > 1 ? Invariant($" by {filters.Height}×{filters.Width}") : Invariant($" by {filters.Width}"))
        + Invariant($", stride {DeclaredStride}")
        + (filters.Dilation > 1 ? Invariant($", dilation {filters.Dilation}") : "")
        + (IsDepthwise ? ", depthwise" : filters.Groups > 1 ? Invariant($", {filters.Groups} groups") : "");

    public override Sharing? Sharing
    {
        get
        {
            ConvolutionShape shape = ForwardShape(keepsArgmax: false);
            int height = Output.Shape.Height;
            Sharing? ofRows = WinogradTiling.UsedSizes(shape) is { Length: > 0 } sizes
                ? Sharing.OfTiles(height, sizes[0].Outputs / Epilogue.Pool, Cost, rows => WinogradTiling.PartsCostLittleMore(shape, rows))
                : RepeatedInputs.MayBeUsed(shape) ? Sharing.OfTiles(height, 1, Cost, rows => VectorWidth.All.All(width => ConvolutionTiling.PartsCostLittleMore(shape, rows, width)))
                : Sharing.OfRows(height, Cost, rows => VectorWidth.All.All(width => ConvolutionTiling.PartsCostLittleMore(shape, rows, width)));
            return ofRows ?? (filters.Groups == 1 ? Sharing.OfFilters(filters.Count, Cost) : null);
        }
    }

    public override IReadOnlyList<Preparation> ForwardWeights
    {
        get
        {
            ConvolutionShape shape = ForwardShape(keepsArgmax: false);
            return
            [
                .. ForwardShapes.Any(NarrowColumns.MayBeUsed) ? [Weights.Lines] : Array.Empty<Preparation>(),
                .. ForwardShapes.Any(RepeatedInputs.MayBeUsed) ? [Weights.Repeated] : Array.Empty<Preparation>(),
                .. WinogradTiling.UsedSizes(shape).Select(Weights.Transformed),
            ];
        }
    }

    public override int ForwardWorkspace => ForwardShapes.Max(WinogradTiling.WorkspaceLength);

    // The shapes of the kernels of predictions, for all rows or a part, and of training.
    private IEnumerable<ConvolutionShape> ForwardShapes
    {
        get
        {
            ConvolutionShape shape = ForwardShape(keepsArgmax: false);
            yield return shape;
            yield return shape with { Sharing = Sharing };
            if (Argmax is not null)
                yield return shape with { KeepsArgmax = true };
        }
    }

    public override IReadOnlyList<Preparation> BackwardWeights => IsDepthwise ? [] :
    [
        .. InputGradient.Parts(adds: false).All(gradient => ConvolutionTiling.IsAlwaysRepeated(gradient.Shape)) ? Array.Empty<Preparation>() : [Weights.FlippedWeights],
        .. Weights.BackwardLines is { } lines ? [lines] : Array.Empty<Preparation>(),
        .. InputGradient.Parts(adds: false).Any(gradient => RepeatedInputs.MayBeUsed(gradient.Shape)) ? [Weights.BackwardRepeated] : Array.Empty<Preparation>(),
    ];

    public override IReadOnlyList<TrainingBuffer> Buffers =>
    [
        .. Argmax is { } argmax ? [argmax] : Array.Empty<TrainingBuffer>(),
        GradientBuffer,
        .. BackwardWorkspace is { } workspace ? [workspace] : Array.Empty<TrainingBuffer>(),
        .. SumsOverShard && UsesTransformsInWeightGradient ? [WeightTiles] : Array.Empty<TrainingBuffer>(),
        .. SumsOverShard ? [WeightSums] : Array.Empty<TrainingBuffer>(),
    ];

    private TrainingBuffer GradientBuffer => new(
        this,
        PreActivationGradient,
        GradientLayout,
        InBackward: true,
        $"the gradient with respect to the pre-activations, {Computed.PartOf(Convolved)}");

    private TrainingBuffer? BackwardWorkspace => InputGradient.Parts(adds: false).Select(gradient => WinogradTiling.WorkspaceLength(gradient.Shape)).DefaultIfEmpty(0).Max() is > 0 and int length
        ? new(this, Workspace, new BufferLayout(new SampleShape(1, 1, length), default), InBackward: true, "a block of tiles of the gradient with respect to the input")
        : null;

    private bool UsesTransformsInWeightGradient => WinogradGradientTiling.SumsLength(WinogradGradient) > 0;

    private bool SumsOverShard => IsTrained && WeightSumsLength > 0;

    private int WeightSumsLength => Math.Max(WinogradGradientTiling.SumsLength(WinogradGradient), RepeatedInputs.GradientSumsLength(this));

    private TrainingBuffer WeightTiles => new(
        this,
        WeightGradientTiles,
        new BufferLayout(new SampleShape(1, 1, WinogradGradientTiling.WorkspaceLength(WinogradGradient)), default),
        InBackward: true,
        "a block of tiles of the gradient with respect to the weights")
    {
        IsOfShard = WinogradGradientTiling.Gathers(WinogradGradient),
    };

    private TrainingBuffer WeightSums => new(
        this,
        WeightGradientSums,
        new BufferLayout(new SampleShape(1, 1, WeightSumsLength), default),
        InBackward: true,
        UsesTransformsInWeightGradient ? "the products of the tiles, summed over the samples of a shard" : "the gradients with respect to repeated filters, summed over the samples of a shard")
    {
        IsOfShard = true,
    };

    private TrainingBuffer? Argmax => !Epilogue.Pools ? null : new(
        this, ArgmaxSuffix, new BufferLayout(Output.Shape, default), InBackward: false, "the argmax of each window");

    public override Kernel Forward(PassMemory memory)
    {
        bool keepsArgmax = memory.IsTraining && Argmax is not null;
        ConvolutionShape shape = ForwardShape(keepsArgmax) with { Sharing = memory.SharingOf(this), Operands = OperandAccess.Of(this, memory) };
        return new Kernel(
            Name,
            Summary,
            [
                KernelParameter.Floats("x", new ValuesOf(Source.Tensor, SourceLayout.OriginOf(filters.Padding))),
                .. ConvolutionTiling.UsesWeights(shape) ? [KernelParameter.Floats("w", new ParameterOf(weight))] : Array.Empty<KernelParameter>(),
                .. RepeatedInputs.MayBeUsed(shape) ? [KernelParameter.Floats("repeated", Weights.RepeatedOf())] : Array.Empty<KernelParameter>(),
                .. WinogradTiling.UsedSizes(shape).Select(size => KernelParameter.Floats(WinogradKernels.WeightsOf(size), Weights.TransformedOf(size))),
                .. ConvolutionTiling.IsAlwaysRepeated(shape) ? Array.Empty<KernelParameter>() : [KernelParameter.Floats("bias", new ParameterOf(bias))],
                .. NarrowColumns.MayBeUsed(shape) ? [KernelParameter.Floats("lines", Weights.LinesOf())] : Array.Empty<KernelParameter>(),
                KernelParameter.Floats("y", new ValuesOf(Output, Output.Layout.Origin)),
                .. keepsArgmax ? [KernelParameter.Floats("argmaxes", new BufferOf(Argmax!, 0))] : Array.Empty<KernelParameter>(),
                .. shape.Operands.Select(operand => operand.Parameter),
                .. MaskParameters(),
                .. ForwardWorkspace > 0 ? [KernelParameter.Floats("workspace", new ForwardWorkspaceOf(this))] : Array.Empty<KernelParameter>(),
                .. shape.Sharing is not { SharesPanels: var ofPanels } ? Array.Empty<KernelParameter>()
                    : [KernelParameter.Number(ofPanels ? "panelBegin" : "rowBegin", new PartBegin()), KernelParameter.Number(ofPanels ? "panelEnd" : "rowEnd", new PartEnd())],
            ],
            (writer, kernel) => new ConvolutionKernels(writer).Write(kernel, shape))
        {
            Key = shape.Key,
        };
    }

    /// <summary>The shape of the kernel that computes the outputs.</summary>
    /// <param name="keepsArgmax">Whether it stores the argmax of each window.</param>
    public ConvolutionShape ForwardShape(bool keepsArgmax)
    {
        BufferLayout from = SourceLayout;
        BufferLayout to = Output.Layout;
        return new(
            Name, Summary, filters.Height, LineLength, IsDepthwise ? filters.Count : GroupFilters,
            Computed.Height, Computed.Width, filters.Dilation * from.RowStride, filters.Stride * from.RowStride, filters.Stride * from.PixelStride, to.RowStride, to.PixelStride,
            Bias: true, keepsArgmax, Epilogue, filters.Padding)
        {
            ImageLines = Source.Shape.Height,
            ImageColumns = Source.Shape.Width,
            KernelWidth = filters.Width,
            Dilation = filters.Dilation,
            Groups = IsDepthwise ? 1 : filters.Groups,
            IsDepthwise = IsDepthwise,
            TakesLines = filters.Groups == 1 && IsContiguous,
            TakesRepeated = filters.Groups == 1 && filters.Dilation == 1 && filters.Stride == 1,
            Winograd = Winograd,
        };
    }

    public override IEnumerable<GradientStep> Backward(TrainingMemory memory)
    {
        // dz = f'(z) · dy at the maximum of each pooling window, and 0 elsewhere; db is the sum of dz over the positions.
        BufferLayout gradient = GradientLayout;
        BufferOf inside = new(GradientBuffer, gradient.Origin);
        yield return GradientStep.OfOperation(new Kernel(
            Name + PreActivationGradient,
            $"{LayerText}: the gradients with respect to the pre-activations, {Computed.PartOf(Convolved)}{(IsTrained ? ", and the biases" : "")}.",
            [
                .. GradientLoad.Parameters(this),
                .. Argmax is null ? Array.Empty<KernelParameter>() : [KernelParameter.Floats("argmaxes", new BufferOf(Argmax, 0))],
                KernelParameter.Floats("dz", inside),
                .. IsTrained ? [KernelParameter.Floats("db", new ParameterGradientOf(bias))] : Array.Empty<KernelParameter>(),
                .. Epilogue.ReplaysMask ? MaskParameters() : [],
            ],
            (writer, kernel) => new PreActivationGradientKernels(writer).Write(kernel, this)));

        // dW[k, n] is the sum over positions of x[k] · dz[n].
        yield return GradientStep.OfParameters(new Kernel(
            Name + "WeightGradient",
            Invariant($"{LayerText}: the gradient with respect to {Terms} × {filters.Count} weights, summed over the samples."),
            [
                KernelParameter.Floats("x", new ValuesOf(Source.Tensor, SourceLayout.OriginOf(filters.Padding))),
                KernelParameter.Floats("dz", inside),
                KernelParameter.Floats("dw", new ParameterGradientOf(weight)),
                .. SumsOverShard
                    ?
                    [
                        .. UsesTransformsInWeightGradient ? [KernelParameter.Floats("workspace", new BufferOf(WeightTiles, 0))] : Array.Empty<KernelParameter>(),
                        KernelParameter.Floats("products", new BufferOf(WeightSums, 0)),
                        KernelParameter.Number("sample", new SampleOfShard()),
                        KernelParameter.Number("samples", new SamplesOfShard()),
                    ]
                    : Array.Empty<KernelParameter>(),
            ],
            (writer, kernel) => WriteWeightGradient(writer, kernel))
        {
            Key = new(Invariant($"weight gradient: {IsDepthwise} {Computed} {SourceLayout.Key} {gradient.Key} {WinogradInBackward}"), filters.ToString()),
        });

        // dx is the convolution of dz with the flipped and transposed weights: with strides, a convolution for each phase.
        InputGradientPart[] phases = [.. InputGradient.Parts(AddsInputGradient(memory))];
        if (phases.Sum(phase => phase.Shape.Height * phase.Shape.Width) < Source.Shape.Height * Source.Shape.Width && !AddsInputGradient(memory))
        {
            yield return GradientStep.Of(Source.Tensor, new Kernel(
                Name + ClearedGradient,
                $"{LayerText}: the gradient with respect to the input is 0 where no filter reads it.",
                [KernelParameter.Floats("dx", new GradientOf(Source.Tensor))],
                (writer, kernel) => WriteClear(writer, kernel)));
        }

        foreach (InputGradientPart phase in phases)
        {
            ConvolutionShape shape = phase.Shape;
            yield return GradientStep.Of(Source.Tensor, new Kernel(
                shape.Name,
                shape.Summary,
                [
                    KernelParameter.Floats("x", new BufferOf(GradientBuffer, phase.Source)),
                    .. shape.TakesBothWeights ? [KernelParameter.Floats("plain", new ParameterOf(weight))] : Array.Empty<KernelParameter>(),
                    .. ConvolutionTiling.UsesWeights(shape)
                        ? [KernelParameter.Floats("w", IsDepthwise ? new ParameterOf(weight) : Weights.FlippedOf(phase.Weights))]
                        : Array.Empty<KernelParameter>(),
                    .. WinogradTiling.UsedSizes(shape).Select((size, i) => KernelParameter.Floats(WinogradKernels.WeightsOf(size), Weights.FlippedAndTransformedOf(i))),
                    .. NarrowColumns.MayBeUsed(shape) ? [KernelParameter.Floats("lines", Weights.BackwardLinesOf(phase.Lines))] : Array.Empty<KernelParameter>(),
                    .. RepeatedInputs.MayBeUsed(shape) ? [KernelParameter.Floats("repeated", Weights.BackwardRepeatedOf())] : Array.Empty<KernelParameter>(),
                    KernelParameter.Floats("y", new GradientOf(Source.Tensor, phase.First)),
                    .. WinogradTiling.WorkspaceLength(shape) > 0 ? [KernelParameter.Floats("workspace", new BufferOf(BackwardWorkspace!, 0))] : Array.Empty<KernelParameter>(),
                ],
                (writer, kernel) => new ConvolutionKernels(writer).Write(kernel, shape))
            {
                Key = shape.Key,
            });
        }
    }

    private void WriteClear(KernelWriter writer, Kernel kernel)
    {
        using (writer.Method(kernel))
            WindowKernels.Clear(writer, Source.Shape);
    }

    private void WriteWeightGradient(KernelWriter writer, Kernel kernel)
    {
        if (IsDepthwise)
            new DepthwiseKernels(writer).WeightGradient(kernel, this);
        else
            new WeightGradientKernels(writer).Convolution(kernel, this);
    }
}
