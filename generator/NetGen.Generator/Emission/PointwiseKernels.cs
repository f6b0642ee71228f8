using NetGen.Generator.Lowering;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>
/// The kernels without products: ReLU, dropout and pooling where no other kernel could take them in, and their gradients, which
/// also sum the gradients with respect to the biases.
/// </summary>
internal sealed class PointwiseKernels(KernelWriter kernel)
{
    private readonly CodeWriter _code = kernel.Code;

    /// <summary>ReLU or dropout of one sample.</summary>
    public void Elementwise(string name, string summary, ElementwiseStage stage, Raster input, Raster output)
    {
        using (kernel.Method(summary, name, $"ref float x, ref float y{(stage.Epilogue.Drops ? ", ulong key" : "")}"))
        {
            (int rows, int run) = Runs(stage.Input, input.IsContiguous && output.IsContiguous);
            using (kernel.Loop("row", rows, 1))
            {
                kernel.Vectors(run, "i", lanes =>
                {
                    _code.Line($"Floats value = Simd.Load(ref x, {KernelWriter.Index(("row", input.RowStride), ("i", 1))});");
                    string unit = KernelWriter.Index(("row", run), ("i", 1));
                    _code.Line($"ref float target = ref Unsafe.Add(ref y, {KernelWriter.Index(("row", output.RowStride), ("i", 1))});");
                    kernel.Store(KernelWriter.Finish(stage.Epilogue, "value", unit), "target", 0, lanes);
                });
            }
        }
    }

    /// <summary>Max-pooling of one sample.</summary>
    public void Pool(string name, string summary, PoolStage stage, Raster input, Raster output, bool keepsIndex)
    {
        Extent extent = stage.Output;
        using (kernel.Method(
            summary,
            name,
            $"ref float x, ref float y{(keepsIndex ? ", ref float index" : "")}{(stage.Epilogue.Drops ? ", ulong key" : "")}"))
        using (kernel.Loop("row", extent.Height, 1))
        using (kernel.Loop("column", extent.Width, 1))
        {
            kernel.Vectors(extent.Channels, "channel", lanes =>
            {
                _code.Line($"ref float window = ref Unsafe.Add(ref x, {KernelWriter.Index(("row", stage.Stride * input.RowStride), ("column", stage.Stride * input.PixelStride), ("channel", 1))});");
                _code.Line($"ref float target = ref Unsafe.Add(ref y, {KernelWriter.Index(("row", output.RowStride), ("column", output.PixelStride), ("channel", 1))});");
                if (keepsIndex || stage.Epilogue.Drops)
                    _code.Line($"nint unit = {KernelWriter.Index(("row", extent.Width * extent.Channels), ("column", extent.Channels), ("channel", 1))};");
                _code.Line($"Floats best = {KernelWriter.Load("window")};");
                if (keepsIndex)
                    _code.Line("Floats place = Simd.Zero;");
                using (_code.Open(Invariant($"for (nint i = 0; i < {stage.Size}; i++)")))
                using (_code.Open(Invariant($"for (nint j = 0; j < {stage.Size}; j++)")))
                {
                    _code.Line($"Floats value = Simd.Load(ref window, {KernelWriter.Index(("i", input.RowStride), ("j", input.PixelStride))});");
                    if (keepsIndex)
                    {
                        _code.Line("Floats wins = Simd.Wins(value, best);");
                        _code.Line("best = Simd.Select(wins, value, best);");
                        _code.Line(Invariant($"place = Simd.Select(wins, Simd.Splat(({stage.Size} * i) + j), place);"));
                    }
                    else
                    {
                        _code.Line("best = Simd.Max(best, value);");
                    }
                }

                if (keepsIndex)
                {
                    _code.Line("ref float chosen = ref Unsafe.Add(ref index, unit);");
                    kernel.Store("place", "chosen", 0, lanes);
                }

                kernel.Store(KernelWriter.Finish(stage.Epilogue, "best", "unit"), "target", 0, lanes);
            });
        }
    }

    /// <summary>
    /// The gradient with respect to what a dense layer computes, from the one with respect to what it stores, in place; adds the gradient with respect to the biases.
    /// </summary>
    public void DenseGradient(string name, string summary, DenseStage stage, int outputStride, int gradientStride)
    {
        Epilogue epilogue = stage.Epilogue;
        bool drops = epilogue.Drops && !epilogue.Relu;
        using (kernel.Method(
            summary,
            name,
            $"ref float dy{(epilogue.Relu ? ", ref float y" : "")}, ref float db, nint samples{(drops ? ", ulong seed, long step, int firstSample" : "")}"))
        {
            kernel.Vectors(stage.Units, "n", lanes =>
            {
                _code.Line("Floats sum = Simd.Load(ref db, n);");
                using (_code.Open("for (nint sample = 0; sample < samples; sample++)"))
                {
                    _code.Line($"ref float gradient = ref Unsafe.Add(ref dy, {KernelWriter.Index(("sample", gradientStride), ("n", 1))});");
                    _code.Line($"Floats value = {KernelWriter.Load("gradient")};");
                    if (epilogue.Relu)
                        _code.Line($"Floats output = Simd.Load(ref y, {KernelWriter.Index(("sample", outputStride), ("n", 1))});");
                    if (drops)
                        _code.Line(Invariant($"ulong key = DropoutMask.Key(seed, step, {epilogue.DropoutLayer}, firstSample + (int)sample);"));
                    string masked = Masked(epilogue, "value", "output", "n");
                    if (masked != "value")
                    {
                        _code.Line($"value = {masked};");
                        kernel.Store("value", "gradient", 0, lanes);
                    }

                    _code.Line("sum += value;");
                }

                _code.Line("ref float target = ref Unsafe.Add(ref db, n);");
                kernel.Store("sum", "target", 0, lanes);
            });
        }
    }

    /// <summary>
    /// The gradient with respect to what a convolution computes, in a buffer with the halo and dilation that the gradient with respect to the input needs;
    /// adds the gradient with respect to the biases.
    /// </summary>
    public void ConvolutionGradient(string name, string summary, ConvolutionStage stage, Raster output)
    {
        Raster gradient = stage.OutputGradient;
        using (kernel.Method(summary, name, $"ref float g{OutputParameter(stage)}{IndexParameter(stage)}, ref float dy, ref float db{KeyParameter(stage)}"))
        {
            kernel.Vectors(stage.Columns, "n", lanes =>
            {
                _code.Line("Floats sum = Simd.Load(ref db, n);");
                using (kernel.Loop("row", stage.Output.Height, 1))
                using (kernel.Loop("column", stage.Output.Width, 1))
                {
                    LoadMasked(stage, output, "n");
                    _code.Line("sum += value;");
                    int pool = stage.Epilogue.Pool;
                    _code.Line($"ref float target = ref Unsafe.Add(ref dy, {KernelWriter.Index(("row", pool * gradient.RowStride), ("column", pool * gradient.PixelStride), ("n", 1))});");
                    Scatter(pool, gradient, lanes);
                }

                _code.Line("ref float bias = ref Unsafe.Add(ref db, n);");
                kernel.Store("sum", "bias", 0, lanes);
            });
        }
    }

    /// <summary>The gradient with respect to the input of a stage of ReLU or dropout alone.</summary>
    public void ElementwiseGradient(string name, string summary, ElementwiseStage stage, Raster output)
    {
        using (kernel.Method(summary, name, $"ref float g{OutputParameter(stage)}, ref float dx{KeyParameter(stage)}"))
        {
            (int rows, int run) = Runs(stage.Input, output.IsContiguous);
            using (kernel.Loop("row", rows, 1))
            {
                kernel.Vectors(run, "i", lanes =>
                {
                    string unit = KernelWriter.Index(("row", run), ("i", 1));
                    _code.Line($"Floats value = Simd.Load(ref g, {unit});");
                    if (stage.Epilogue.Relu)
                        _code.Line($"Floats output = Simd.Load(ref y, {KernelWriter.Index(("row", output.RowStride), ("i", 1))});");
                    _code.Line($"ref float target = ref Unsafe.Add(ref dx, {unit});");
                    kernel.Store(Masked(stage.Epilogue, "value", "output", unit), "target", 0, lanes);
                });
            }
        }
    }

    /// <summary>The gradient with respect to the input of a stage of pooling alone.</summary>
    public void PoolGradient(string name, string summary, PoolStage stage, Raster output)
    {
        Raster gradient = new(stage.Input, default);
        bool overlaps = stage.Stride < stage.Size;
        using (kernel.Method(summary, name, $"ref float g{OutputParameter(stage)}, ref float index, ref float dx{KeyParameter(stage)}"))
        {
            kernel.Vectors(stage.Input.Length, "i", lanes =>
            {
                _code.Line("ref float target = ref Unsafe.Add(ref dx, i);");
                kernel.Store("Simd.Zero", "target", 0, lanes);
            });
            using (kernel.Loop("row", stage.Output.Height, 1))
            using (kernel.Loop("column", stage.Output.Width, 1))
            {
                kernel.Vectors(stage.Output.Channels, "n", lanes =>
                {
                    LoadMasked(stage, output, "n");
                    _code.Line($"ref float target = ref Unsafe.Add(ref dx, {KernelWriter.Index(("row", stage.Stride * gradient.RowStride), ("column", stage.Stride * gradient.PixelStride), ("n", 1))});");
                    using (_code.Open(Invariant($"for (nint i = 0; i < {stage.Size}; i++)")))
                    using (_code.Open(Invariant($"for (nint j = 0; j < {stage.Size}; j++)")))
                    {
                        _code.Line($"ref float input = ref Unsafe.Add(ref target, {KernelWriter.Index(("i", gradient.RowStride), ("j", gradient.PixelStride))});");
                        string part = Invariant($"Simd.AtPlace(place, ({stage.Size} * i) + j, value)");
                        kernel.Store(overlaps ? $"{KernelWriter.Load("input")} + {part}" : part, "input", 0, lanes);
                    }
                });
            }
        }
    }

    private static string OutputParameter(Stage stage) => stage.Epilogue.Relu ? ", ref float y" : "";

    private static string IndexParameter(Stage stage) => stage.KeepsPoolIndex ? ", ref float index" : "";

    private static string KeyParameter(Stage stage) => stage.Epilogue is { Drops: true, Relu: false } ? ", ulong key" : "";

    /// <summary>
    /// Declares <c>value</c>, the gradient of one output vector after ReLU and dropout, and <c>place</c> where there was a pooling.
    /// </summary>
    private void LoadMasked(Stage stage, Raster output, string n)
    {
        Extent extent = stage.Output;
        _code.Line($"nint unit = {KernelWriter.Index(("row", extent.Width * extent.Channels), ("column", extent.Channels), (n, 1))};");
        _code.Line("Floats value = Simd.Load(ref g, unit);");
        if (stage.Epilogue.Relu)
            _code.Line($"Floats output = Simd.Load(ref y, {KernelWriter.Index(("row", output.RowStride), ("column", output.PixelStride), (n, 1))});");
        string masked = Masked(stage.Epilogue, "value", "output", "unit");
        if (masked != "value")
            _code.Line($"value = {masked};");
        if (stage.KeepsPoolIndex)
            _code.Line("Floats place = Simd.Load(ref index, unit);");
    }

    /// <summary>Stores the gradient at the place of the maximum and 0 at the window's other places.</summary>
    private void Scatter(int pool, Raster gradient, int lanes)
    {
        if (pool == 1)
        {
            kernel.Store("value", "target", 0, lanes);
            return;
        }

        for (int place = 0; place < pool * pool; place++)
        {
            kernel.Store(
                Invariant($"Simd.AtPlace(place, {place}f, value)"),
                "target",
                (place / pool * gradient.RowStride) + (place % pool * gradient.PixelStride),
                lanes);
        }
    }

    /// <summary>
    /// The gradient before ReLU and dropout. After ReLU the stored output tells: it is positive (or NaN) exactly where the unit was
    /// active and kept. Dropout alone makes its mask again.
    /// </summary>
    private static string Masked(Epilogue epilogue, string value, string output, string unit)
    {
        if (epilogue.Relu)
        {
            string passed = epilogue.Drops ? $"{value} * {KernelWriter.Float(epilogue.Scale)}" : value;
            return $"Simd.ReluGradient({output}, {passed})";
        }

        return KernelWriter.Finish(epilogue, value, unit);
    }

    private static (int Rows, int Run) Runs(Extent extent, bool contiguous) =>
        contiguous ? (1, extent.Length) : (extent.Height, extent.Width * extent.Channels);
}
