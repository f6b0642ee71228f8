using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Emits the gradient with respect to the pre-activations of a convolution, dz = f'(z) · dy at the maximum of each pooling window and 0 elsewhere, and that with respect to
/// the biases, which is its sum over the positions.
/// </summary>
internal sealed class PreActivationGradientKernels(KernelWriter kernel)
{
    /// <summary>The most values of a row whose pixels are joined: their sums are on the stack.</summary>
    private const int MostJoined = 16_384;

    private readonly CodeWriter _code = kernel.Code;

    /// <summary>The gradients of one sample.</summary>
    public void Write(Kernel method, ConvolutionOperation operation)
    {
        using (kernel.Method(method))
        {
            if (JoinsPixels(operation))
                JoinedPixels(operation);
            else
                Pixels(operation);
        }
    }

    // Filters may fill vectors only in part, but the pixels of a row lie side by side.
    private bool JoinsPixels(ConvolutionOperation operation)
    {
        int filters = operation.Filters.Count;
        int run = operation.Output.Shape.Width * filters;
        return !operation.Epilogue.Pools && !operation.Epilogue.NeedsChannels
            && filters % kernel.Lanes > 0 && run >= kernel.Lanes && run <= MostJoined
            && operation.Output.Layout.PixelStride == filters && operation.Output.GradientLayout.PixelStride == filters;
    }

    private void Pixels(ConvolutionOperation operation) => kernel.Vectors(operation.Filters.Count, "n", alone: true, body: lanes =>
    {
        Sum(operation, operation.Output.Shape, lanes);
        if (operation.IsTrained)
            kernel.Store("sum", "db", "n", lanes, adds: true);
    });

    private void JoinedPixels(ConvolutionOperation operation)
    {
        SampleShape shape = operation.Output.Shape;
        int run = shape.Width * operation.Filters.Count;
        if (operation.IsTrained)
            _code.Together(Invariant($"Span<float> sums = stackalloc float[{run + kernel.Lanes}];"), "ref float sumOfLane = ref sums[0];");
        kernel.Vectors(run, "n", alone: !operation.IsTrained, body: lanes =>
        {
            Sum(operation, new SampleShape(shape.Height, 1, run), lanes);
            if (operation.IsTrained)
                kernel.Store("sum", "sumOfLane", "n", kernel.Lanes);
        });
        if (operation.IsTrained)
            _code.Statement(Invariant($"RepeatedFilters.AddBias(ref sumOfLane, {shape.Width}, {operation.Filters.Count}, ref db);"));
    }

    /// <summary>Writes the gradients of a vector of channels at all positions, and if the layer is trained their <c>sum</c>.</summary>
    private void Sum(ConvolutionOperation operation, SampleShape shape, int lanes)
    {
        if (!operation.IsTrained)
        {
            using (kernel.Nest(KernelWriter.Each("row", shape.Height), KernelWriter.Each("column", shape.Width)))
                Position(operation, lanes, sum: null);
            return;
        }

        LocalSums storage = new(kernel);
        storage.Declare(["sum"]);
        PositionSums.Write(kernel, storage, shape, ["sum"], sums => Position(operation, lanes, sums[0]));
    }

    private void Position(ConvolutionOperation operation, int lanes, string? sum)
    {
        BufferLayout gradient = operation.GradientLayout;
        int pool = operation.Epilogue.Pool;
        GradientLoad.Write(kernel, operation, "n", needsUnit: operation.Epilogue.Pools);
        if (operation.Epilogue.Pools)
            _code.Line("Floats argmax = Simd.Load(ref argmaxes, unit);");
        if (sum is not null)
            _code.Line($"{sum} += value;");
        _code.Line($"ref float target = ref Unsafe.Add(ref dz, {KernelWriter.Index(("row", pool * gradient.RowStride), ("column", pool * gradient.PixelStride), ("n", 1))});");
        _code.Rows(Enumerable.Range(0, pool).Select(i => Enumerable.Range(0, pool).Select(j => kernel.Stored(
            pool == 1 ? "value" : Invariant($"Simd.SelectAt(argmax, {(i * pool) + j}f, value)"),
            "target",
            (i * gradient.RowStride) + (j * gradient.PixelStride),
            lanes)).ToArray()));
    }
}
