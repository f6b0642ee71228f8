using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Graph.Tuning;
using static System.FormattableString;

namespace NetGen.Generator.Graph.Operations;

/// <summary>The sizes of a convolution's filters.</summary>
/// <param name="Count">The number of filters: output channels.</param>
/// <param name="Height">Lines of a filter.</param>
/// <param name="Width">Columns of a filter.</param>
/// <param name="Stride">Pixels from one position to the next, in both directions.</param>
/// <param name="Padding">The zeros around the image.</param>
internal sealed record FilterShape(int Count, int Height, int Width, int Stride, Halo Padding);

/// <summary>A convolution of an image: for one sample, a matrix product whose left operand has overlapping rows.</summary>
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

    /// <summary>The sizes of the filters, their stride and the padding.</summary>
    public FilterShape Filters => filters;

    /// <summary>The shape of the convolution's result, before pooling.</summary>
    public SampleShape Convolved { get; } = new(height, width, filters.Count);

    /// <summary>K: the number of terms in the sum of one output, and of rows in the matrix of the weights.</summary>
    public int Terms => filters.Height * LineLength;

    /// <summary>The number of weights in one line of a filter: kernel width × input channels. The inputs that they multiply are contiguous.</summary>
    public int LineLength => filters.Width * Source.Shape.Channels;

    /// <summary>
    /// The buffer of the gradient with respect to <see cref="Convolved"/>: dilated by the stride and with a halo, so that the gradient with
    /// respect to the input is a convolution of it with stride 1.
    /// </summary>
    public BufferLayout GradientLayout
    {
        get
        {
            int top = filters.Height - 1 - filters.Padding.Top;
            int left = filters.Width - 1 - filters.Padding.Left;
            int bottom = Source.Shape.Height + filters.Height - 1 - top - (((Convolved.Height - 1) * filters.Stride) + 1);
            int right = Source.Shape.Width + filters.Width - 1 - left - (((Convolved.Width - 1) * filters.Stride) + 1);
            return new BufferLayout(Convolved, new Halo(top, left, bottom, right), filters.Stride);
        }
    }

    public override bool TakesFunctions => true;

    public override bool KnowsChannels => true;

    // The sums of all positions of a pooling window are in registers at the same time; for a larger window there are too few registers.
    public override bool TakesWindow(int size) => size <= RegisterTile.MaxFusedPool;

    public override bool ReadsInVectors => false;

    // Only the weight gradient reads them.
    public override bool KeepsInputs => IsTrained;

    public override Halo HaloAround(View input) => filters.Padding;

    public override IReadOnlyList<string> Parameters => [weight, bias];

    public override long Cost => (long)Terms * Convolved.Length;

    public override string Form => "register tiles";

    protected override string Description => Invariant($" by {filters.Height}×{filters.Width}, stride {filters.Stride}");

    public override Sharing? Sharing => Sharing.OfRows(Output.Shape.Height, Cost);

    public override Preparation BackwardWeights => new(
        Name,
        LayerText,
        [Flipped],
        Terms * filters.Count,
        items: 1,
        (parameter, array, _) => new(
            "WeightPacking.FlipConvolution",
            [
                parameter(weight), Invariant($"{filters.Height * filters.Width}"), Invariant($"{Source.Shape.Channels}"), Invariant($"{filters.Count}"),
                array(Flipped),
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
        BufferLayout from = Source.Tensor.Layout;
        BufferLayout to = Output.Layout;
        ConvolutionShape shape = new(
            Name, Summary, filters.Height, LineLength, filters.Count, Output.Shape.Height * Epilogue.Pool, Output.Shape.Width * Epilogue.Pool,
            from.LineStride, filters.Stride * from.LineStride, filters.Stride * from.PixelStride, to.RowStride, to.PixelStride,
            Bias: true, keepsArgmax, Epilogue, filters.Padding)
        {
            ImageLines = Source.Shape.Height,
            ImageColumns = Source.Shape.Width,
            KernelWidth = filters.Width,
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
            (writer, kernel) => new ConvolutionKernels(writer).Write(kernel, shape));
    }

    // The forward kernel takes a range of rows, so it also computes a part.
    public override Kernel? ForwardPart(PassMemory memory) => Sharing is null || memory.IsTraining ? null : Forward(memory);

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
                KernelParameter.Floats("x", new ValuesOf(Source.Tensor, Source.Tensor.Layout.OriginOf(filters.Padding))),
                KernelParameter.Floats("dz", inside),
                KernelParameter.Floats("dw", new ParameterGradientOf(weight)),
            ],
            (writer, kernel) => new WeightGradientKernels(writer).Convolution(kernel, this)));

        // dx is the convolution of dz with the flipped and transposed weights.
        ConvolutionShape input = InputGradient(memory);
        yield return GradientStep.Of(Source.Tensor, new Kernel(
            input.Name,
            input.Summary,
            [
                KernelParameter.Floats("x", new BufferOf(GradientBuffer, 0)),
                .. input.TakesBothWeights ? [KernelParameter.Floats("plain", new ParameterOf(weight))] : Array.Empty<KernelParameter>(),
                KernelParameter.Floats("w", new PreparedOf(BackwardWeights, Flipped)),
                KernelParameter.Floats("y", new GradientOf(Source.Tensor)),
            ],
            (writer, kernel) => new ConvolutionKernels(writer).Write(kernel, input)));
    }

    private ConvolutionShape InputGradient(TrainingMemory memory)
    {
        BufferLayout gradient = GradientLayout;
        BufferLayout input = new(Source.Shape, default);
        return new ConvolutionShape(
            Name + "InputGradient", $"{LayerText}: the gradient with respect to the input, {Source.Shape}.", filters.Height,
            filters.Width * filters.Count, Source.Shape.Channels, Source.Shape.Height, Source.Shape.Width,
            gradient.LineStride, gradient.LineStride, filters.Count, input.RowStride, input.PixelStride,
            Bias: false, KeepsArgmax: false, Epilogue.None, gradient.Halo)
        {
            ImageLines = ((Convolved.Height - 1) * filters.Stride) + 1,
            ImageColumns = ((Convolved.Width - 1) * filters.Stride) + 1,
            KernelWidth = filters.Width,
            TakesBothWeights = ConvolutionTiling.MayUseDots(Source.Shape.Channels, filters.Width, filters.Count),
            Adds = AddsInputGradient(memory),
        };
    }

    private void WritePreActivationGradient(KernelWriter writer, Kernel kernel)
    {
        BufferLayout gradient = GradientLayout;
        int pool = Epilogue.Pool;
        using (writer.Method(kernel))
        {
            writer.Vectors(filters.Count, "n", alone: true, body: lanes =>
            {
                if (IsTrained)
                    writer.Code.Line("Floats sum = Simd.Load(ref db, n);");
                using (writer.Nest(KernelWriter.Each("row", Output.Shape.Height), KernelWriter.Each("column", Output.Shape.Width)))
                {
                    GradientLoad.Write(writer, this, "n");
                    if (Argmax is not null)
                        writer.Code.Line("Floats argmax = Simd.Load(ref argmaxes, unit);");
                    if (IsTrained)
                        writer.Code.Line("sum += value;");
                    writer.Code.Line($"ref float target = ref Unsafe.Add(ref dz, {KernelWriter.Index(("row", pool * gradient.RowStride), ("column", pool * gradient.PixelStride), ("n", 1))});");
                    writer.Code.Rows(Enumerable.Range(0, pool).Select(i => Enumerable.Range(0, pool).Select(j => writer.Stored(
                        pool == 1 ? "value" : Invariant($"Simd.SelectAt(argmax, {(i * pool) + j}f, value)"),
                        "target",
                        (i * gradient.RowStride) + (j * gradient.PixelStride),
                        lanes)).ToArray()));
                }

                if (IsTrained)
                    writer.Store("sum", "db", "n", lanes);
            });
        }
    }
}
