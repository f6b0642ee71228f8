using NetGen.Generator.Lowering;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>A file with kernels.</summary>
/// <param name="Text">The file.</param>
/// <param name="Signatures">The kernels that the passes call.</param>
internal sealed record KernelFile(string Text, IReadOnlyList<KernelSignature> Signatures);

/// <summary>The files with kernels: one class for inference and one for training at each vector width.</summary>
internal static class KernelsEmitter
{
    public static KernelFile Inference(NetworkPlan plan, VectorWidth width) =>
        Write(plan, width, "Inference", kernel => InferenceKernels(plan, kernel));

    public static KernelFile Training(NetworkPlan plan, VectorWidth width) =>
        Write(plan, width, "Training", kernel => TrainingKernels(plan.Training, kernel));

    private static KernelFile Write(NetworkPlan plan, VectorWidth width, string pass, Action<KernelWriter> kernels)
    {
        List<KernelSignature> signatures = [];
        string text = SourceFile.WriteOwn(
            plan.Model,
            OwnTypes.OfKernels(width),
            code =>
            {
                KernelWriter kernel = new(code, width);
                code.Line(Invariant($"/// <summary>{pass} for processors with vectors of {width.Bits} bits: {width.Lanes} floats.</summary>"));
                code.Line(SourceFile.Hidden);
                using (code.Open(Invariant($"internal static class {pass}Kernels{width.Bits}")))
                    kernels(kernel);
                signatures = kernel.Signatures;
            },
            nullable: false);
        return new KernelFile(text, signatures);
    }

    private static void InferenceKernels(NetworkPlan network, KernelWriter kernel)
    {
        InferencePlan plan = network.Inference;
        ConvolutionKernels convolutions = new(kernel);
        DenseKernels denseLayers = new(kernel);
        PointwiseKernels pointwise = new(kernel);
        if (network.IsUnrolled)
            new UnrolledKernel(kernel).Write(network);
        for (int i = 0; i < plan.Stages.Count; i++)
        {
            Raster input = plan.Rasters[i];
            Raster output = plan.Rasters[i + 1];
            switch (plan.Stages[i])
            {
                case DenseStage dense:
                    denseLayers.Write(Shape(dense, i == 0 && plan.ReadsInput ? dense.Rows : plan.RowLength, plan.RowLength, shardSize: 0) with { IsShared = InferencePlan.IsShared(dense) });
                    break;
                case ConvolutionStage convolution:
                    convolutions.Write(Shape(convolution, input, output, keepsIndex: false) with { IsShared = InferencePlan.IsShared(convolution) });
                    break;
                case PoolStage pool:
                    pointwise.Pool(pool.Name, Describe(pool), pool, input, output, keepsIndex: false);
                    break;
                case ElementwiseStage stage:
                    pointwise.Elementwise(stage.Name, Describe(stage), stage, input, output);
                    break;
                case Stage unknown:
                    throw unknown.UnknownKind();
            }
        }
    }

    private static void TrainingKernels(TrainingPlan plan, KernelWriter kernel)
    {
        ConvolutionKernels convolutions = new(kernel);
        DenseKernels denseLayers = new(kernel);
        PointwiseKernels pointwise = new(kernel);
        WeightGradientKernels weights = new(kernel);
        FilterDotKernels filterDots = new(kernel);
        for (int i = 0; i < plan.Stages.Count; i++)
        {
            Raster input = plan.Rasters[i];
            Raster output = plan.Rasters[i + 1];
            string name = plan.Stages[i].Name;
            string layers = plan.Stages[i].Layers;
            switch (plan.Stages[i])
            {
                case DenseStage dense:
                    denseLayers.Write(Shape(dense, plan.RecordLength, plan.RecordLength, plan.ShardSize));
                    pointwise.DenseGradient(name + "OutputGradient", $"{layers}: the gradient with respect to the weighted sums, in place, and the biases.", dense, plan.RecordLength, plan.RecordLength);
                    string gradient = Invariant($"{layers}: the gradient with respect to {dense.Rows} × {dense.Units} weights.");
                    if (TrainingPlan.IsWholeBatch(dense))
                        weights.WholeBatch(name + "WeightGradient", gradient, dense.Rows, dense.Units);
                    else
                        weights.Dense(name + "WeightGradient", gradient, dense.Rows, dense.Units, plan.RecordLength, plan.RecordLength);
                    denseLayers.Write(new DenseShape(
                        name + "InputGradient", Invariant($"{layers}: the gradient with respect to {dense.Rows} inputs."), dense.Units, dense.Rows,
                        plan.RecordLength, plan.RecordLength, Bias: false, Epilogue.None, plan.ShardSize));
                    break;
                case ConvolutionStage convolution:
                    convolutions.Write(Shape(convolution, input, output, convolution.KeepsPoolIndex));
                    pointwise.ConvolutionGradient(name + "OutputGradient", $"{layers}: the gradient with respect to the weighted sums, {convolution.Convolved}, and the biases.", convolution, output);
                    weights.Convolution(name + "WeightGradient", Invariant($"{layers}: the gradient with respect to {convolution.Rows} × {convolution.Columns} weights, added up."), convolution, input);
                    ConvolutionShape inputGradient = InputGradient(convolution);
                    if (inputGradient.TakesBothWeights && 2 * inputGradient.Columns <= kernel.Lanes)
                        filterDots.Write(inputGradient);
                    else
                        convolutions.Write(inputGradient);
                    break;
                case PoolStage pool:
                    pointwise.Pool(name, Describe(pool), pool, input, output, keepsIndex: true);
                    pointwise.PoolGradient(name + "InputGradient", $"{layers}: the gradient goes to the places of the maxima.", pool, output);
                    break;
                case ElementwiseStage stage:
                    pointwise.Elementwise(name, Describe(stage), stage, input, output);
                    pointwise.ElementwiseGradient(name + "InputGradient", $"{layers}: the gradient with respect to the input.", stage, output);
                    break;
                case Stage unknown:
                    throw unknown.UnknownKind();
            }
        }
    }

    private static DenseShape Shape(DenseStage dense, int inputStride, int outputStride, int shardSize) =>
        new(dense.Name, Describe(dense), dense.Rows, dense.Units, inputStride, outputStride, Bias: true, dense.Epilogue, shardSize);

    private static ConvolutionShape Shape(ConvolutionStage stage, Raster input, Raster output, bool keepsIndex) => new(
        stage.Name, Describe(stage), stage.KernelHeight, stage.KernelWidth * stage.Input.Channels, stage.Filters,
        stage.Output.Height * stage.Epilogue.Pool, stage.Output.Width * stage.Epilogue.Pool,
        input.LineStride, stage.Stride * input.LineStride, stage.Stride * input.PixelStride,
        output.RowStride, output.PixelStride, Bias: true, keepsIndex, stage.Epilogue, input.Halo)
    {
        ImageLines = stage.Input.Height,
        ImageColumns = stage.Input.Width,
        KernelWidth = stage.KernelWidth,
    };

    /// <summary>Backward to the input is the forward kernel on the output's gradient, with flipped and transposed weights.</summary>
    private static ConvolutionShape InputGradient(ConvolutionStage stage)
    {
        Raster gradient = stage.OutputGradient;
        Raster input = new(stage.Input, default);
        return new ConvolutionShape(
            stage.Name + "InputGradient", $"{stage.Layers}: the gradient with respect to the input, {stage.Input}.", stage.KernelHeight,
            stage.KernelWidth * stage.Filters, stage.Input.Channels, stage.Input.Height, stage.Input.Width,
            gradient.LineStride, gradient.LineStride, stage.Filters, input.RowStride, input.PixelStride,
            Bias: false, KeepsIndex: false, Epilogue.None, gradient.Halo)
        {
            ImageLines = ((stage.ConvolvedHeight - 1) * stage.Stride) + 1,
            ImageColumns = ((stage.ConvolvedWidth - 1) * stage.Stride) + 1,
            KernelWidth = stage.KernelWidth,
            TakesBothWeights = stage.HasFilterDots,
        };
    }

    private static string Describe(Stage stage)
    {
        string what = stage switch
        {
            ConvolutionStage c => Invariant($" by {c.KernelHeight}×{c.KernelWidth}, stride {c.Stride}"),
            PoolStage p => Invariant($", {p.Size}×{p.Size} maxima, stride {p.Stride}"),
            DenseStage or ElementwiseStage => "",
            _ => throw stage.UnknownKind(),
        };
        string epilogue = (stage.Epilogue.Pools ? Invariant($"; {stage.Epilogue.Pool}×{stage.Epilogue.Pool} maxima") : "")
            + (stage.Epilogue.Relu ? "; ReLU" : "")
            + (stage.Epilogue.Drops ? Invariant($"; dropout {stage.Epilogue.DropRate}") : "");
        return $"{stage.Layers}: {stage.Input}{what} → {stage.Output}{epilogue}.";
    }
}
