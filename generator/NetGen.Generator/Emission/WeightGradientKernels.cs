using NetGen.Generator.Lowering;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>
/// The gradients with respect to the weights: dw[k, n] is the sum over positions or samples of x[k] · dy[n]. A tile of weights stays in
/// registers while the sum runs; nothing is transposed and no patches are copied.
/// </summary>
internal sealed class WeightGradientKernels(KernelWriter kernel)
{
    private readonly CodeWriter _code = kernel.Code;

    /// <summary>Of a dense layer, for the samples of a shard; overwrites the gradient.</summary>
    public void Dense(string name, string summary, int rows, int columns, int inputStride, int gradientStride)
    {
        using (kernel.Method(summary, name, "ref float x, ref float dy, ref float dw, nint samples"))
        {
            foreach (ColumnGroup group in RegisterTile.Groups(columns, kernel.Width))
            {
                _code.Gap();
                using (OpenColumns(group, rows))
                {
                    _code.Line("ref float gradients = ref Unsafe.Add(ref dy, n);");
                    DenseRows(rows, inputStride, gradientStride, group, "x", "weights");
                }
            }
        }
    }

    /// <summary>
    /// Of a dense layer with many weights, over a whole batch, for one panel of columns and some panels of rows; overwrites the
    /// gradient. Inputs and gradients come packed in panels of 32, whose samples follow one another: they fit in the first-level
    /// cache, and no two samples lie on different pages.
    /// </summary>
    public void WholeBatch(string name, string summary, int rows, int columns)
    {
        using (kernel.Method(
            summary, name, "ref float x, nint panelStride, ref float dy, ref float dw, nint samples, nint rowPanelBegin, nint rowPanelEnd, nint panel"))
        {
            int fullRows = rows / RegisterTile.PanelWidth;
            int restRows = rows % RegisterTile.PanelWidth;
            foreach (ColumnGroup group in RegisterTile.Groups(columns, kernel.Width))
            {
                bool full = group.PanelWidth == RegisterTile.PanelWidth;
                _code.Gap();
                using (_code.Open(Invariant($"if (panel {(full ? "<" : "==")} {(full ? group.PanelCount : group.FirstPanel)})")))
                using (kernel.Loop("lane", group.FirstLane, group.FirstLane + (group.Repeats * group.Lanes(kernel.Width)), group.Lanes(kernel.Width)))
                {
                    _code.Line("ref float gradients = ref Unsafe.Add(ref dy, lane);");
                    _code.Line($"ref float weights = ref Unsafe.Add(ref dw, {KernelWriter.Index(("panel", rows * RegisterTile.PanelWidth), ("lane", 1))});");
                    if (fullRows > 0)
                    {
                        using (_code.Open(Invariant($"for (nint rowPanel = rowPanelBegin; rowPanel < Math.Min(rowPanelEnd, {fullRows}); rowPanel++)")))
                            RowPanel(RegisterTile.PanelWidth, group, "rowPanel");
                    }

                    if (restRows > 0)
                    {
                        using (_code.Open(Invariant($"if (rowPanelEnd > {fullRows})")))
                            RowPanel(restRows, group, Invariant($"{fullRows}"));
                    }
                }
            }
        }
    }

    private void RowPanel(int rows, ColumnGroup group, string rowPanel)
    {
        _code.Line($"ref float inputs = ref Unsafe.Add(ref x, {rowPanel} * panelStride);");
        _code.Line(Invariant($"ref float block = ref Unsafe.Add(ref weights, {rowPanel} * {RegisterTile.PanelWidth * group.PanelWidth});"));
        DenseRows(rows, RegisterTile.PanelWidth, RegisterTile.PanelWidth, group, "inputs", "block");
    }

    /// <summary>Of a convolution, for one sample; adds to the gradient.</summary>
    public void Convolution(string name, string summary, ConvolutionStage stage, Raster input)
    {
        using (kernel.Method(summary, name, "ref float x, ref float dy, ref float dw"))
        {
            foreach (ColumnGroup group in RegisterTile.Groups(stage.Columns, kernel.Width))
            {
                _code.Gap();
                using (OpenColumns(group, stage.Rows))
                    ConvolutionRows(stage, input, group);
            }
        }
    }

    /// <summary>Writes the tiles over a run of rows; the last one is moved back to end with the run.</summary>
    private void DenseRows(int rows, int inputStride, int gradientStride, ColumnGroup group, string inputs, string weights)
    {
        int tile = RegisterTile.ForOverlappingRun(rows, group.Vectors, kernel.Width);
        using (kernel.Tiles("row", rows, tile))
        {
            Declare(tile, group, _ => "Simd.Zero");
            _code.Line($"ref float input = ref Unsafe.Add(ref {inputs}, row);");
            _code.Line("ref float gradient = ref gradients;");
            using (_code.Open("for (nint sample = 0; sample < samples; sample++)"))
            {
                Term([.. Enumerable.Range(0, tile)], group);
                _code.Line(Invariant($"input = ref Unsafe.Add(ref input, {inputStride});"));
                _code.Line(Invariant($"gradient = ref Unsafe.Add(ref gradient, {gradientStride});"));
            }

            _code.Line(Invariant($"ref float target = ref Unsafe.Add(ref {weights}, {group.PanelWidth} * row);"));
            StoreTile(tile, group);
        }
    }

    private void ConvolutionRows(ConvolutionStage stage, Raster input, ColumnGroup group)
    {
        int span = stage.KernelWidth * stage.Input.Channels;
        int most = kernel.Width.Accumulators / group.Vectors;
        int lines = Math.Max(1, Math.Min(stage.KernelHeight, most / span));
        int whole = stage.KernelHeight / lines * lines;
        KernelLines(stage, input, group, 0, whole, lines);
        if (whole < stage.KernelHeight)
            KernelLines(stage, input, group, whole, stage.KernelHeight, stage.KernelHeight - whole);
    }

    /// <summary>Writes the tiles for the kernel lines from <paramref name="begin"/>, <paramref name="together"/> lines in one tile.</summary>
    private void KernelLines(ConvolutionStage stage, Raster input, ColumnGroup group, int begin, int end, int together)
    {
        int span = stage.KernelWidth * stage.Input.Channels;
        int tile = together > 1 ? span : RegisterTile.ForRun(span, group.Vectors, kernel.Width);
        int whole = span / tile * tile;
        using (_code.Open(Invariant($"for (nint line = {begin}; line < {end}; line += {together})")))
        {
            using (kernel.Loop("k", whole, tile))
                Tile(stage, input, group, together, tile);
            if (whole < span)
            {
                using (_code.Open())
                {
                    _code.Line(Invariant($"const int k = {whole};"));
                    Tile(stage, input, group, 1, span - whole);
                }
            }
        }
    }

    private void Tile(ConvolutionStage stage, Raster input, ColumnGroup group, int lines, int run)
    {
        int span = stage.KernelWidth * stage.Input.Channels;
        Raster gradient = stage.OutputGradient;
        int[] offsets =
        [
            .. from line in Enumerable.Range(0, lines)
               from k in Enumerable.Range(0, run)
               select (line * input.LineStride) + k,
        ];
        _code.Line($"ref float target = ref Unsafe.Add(ref weights, {KernelWriter.Index(("line", span * group.PanelWidth), ("k", group.PanelWidth))});");
        if (TakesPairs(stage))
        {
            PairTile(stage, input, gradient, offsets);
            return;
        }

        Declare(offsets.Length, group, p => v => KernelWriter.Load("target", (p * group.PanelWidth) + (v * kernel.Lanes)));
        using (_code.Open(Invariant($"for (nint row = 0; row < {stage.ConvolvedHeight}; row++)")))
        {
            _code.Line($"ref float input = ref Unsafe.Add(ref x, {KernelWriter.Index(("row", stage.Stride * input.RowStride), ("line", input.LineStride), ("k", 1))});");
            _code.Line($"ref float gradient = ref Unsafe.Add(ref dy, {KernelWriter.Index(("row", gradient.RowStride), ("n", 1))});");
            using (_code.Open(Invariant($"for (nint column = 0; column < {stage.ConvolvedWidth}; column++)")))
            {
                Term(offsets, group);
                _code.Line(Invariant($"input = ref Unsafe.Add(ref input, {stage.Stride * input.PixelStride});"));
                _code.Line(Invariant($"gradient = ref Unsafe.Add(ref gradient, {gradient.PixelStride});"));
            }
        }

        StoreTile(offsets.Length, group);
    }

    /// <summary>
    /// Whether two neighbouring positions share a vector, in its even and odd lanes, as in <see cref="PairKernels"/>: each half of
    /// the gradient comes from one of them, and is added up at the end.
    /// </summary>
    private bool TakesPairs(ConvolutionStage stage) =>
        stage.Input.Channels == 1 && stage.Stride == 1 && 2 * stage.Columns <= kernel.Lanes && stage.ConvolvedWidth % 2 == 0;

    private void PairTile(ConvolutionStage stage, Raster input, Raster gradient, int[] offsets)
    {
        for (int p = 0; p < offsets.Length; p++)
            _code.Line(Invariant($"Floats a{p} = Simd.Zero;"));
        using (_code.Open(Invariant($"for (nint row = 0; row < {stage.ConvolvedHeight}; row++)")))
        {
            _code.Line($"ref float input = ref Unsafe.Add(ref x, {KernelWriter.Index(("row", input.RowStride), ("line", input.LineStride), ("k", 1))});");
            _code.Line($"ref float gradient = ref Unsafe.Add(ref dy, {KernelWriter.Index(("row", gradient.RowStride), ("n", 1))});");
            using (_code.Open(Invariant($"for (nint column = 0; column < {stage.ConvolvedWidth}; column += 2)")))
            {
                _code.Line($"Floats g = Simd.Alternate({KernelWriter.Load("gradient")}, {KernelWriter.Load("gradient", gradient.PixelStride)});");
                for (int p = 0; p < offsets.Length; p++)
                    _code.Line(Invariant($"a{p} = {KernelWriter.MultiplyAdd(Invariant($"Simd.BroadcastPair(ref input, {offsets[p]})"), "g", Invariant($"a{p}"))};"));
                _code.Line("input = ref Unsafe.Add(ref input, 2);");
                _code.Line(Invariant($"gradient = ref Unsafe.Add(ref gradient, {2 * gradient.PixelStride});"));
            }
        }

        for (int p = 0; p < offsets.Length; p++)
        {
            int place = p * stage.Columns;
            kernel.Store(Invariant($"{KernelWriter.Load("target", place)} + Simd.EvenLanes(a{p} + Simd.SwapPairs(a{p}))"), "target", place, stage.Columns);
        }
    }

    private void Declare(int rows, ColumnGroup group, Func<int, string> start) => Declare(rows, group, p => _ => start(p));

    private void Declare(int rows, ColumnGroup group, Func<int, Func<int, string>> start)
    {
        for (int p = 0; p < rows; p++)
        {
            for (int v = 0; v < group.Vectors; v++)
                _code.Line(Invariant($"Floats a{p}_{v} = {start(p)(v)};"));
        }
    }

    private void Term(int[] offsets, ColumnGroup group)
    {
        for (int v = 0; v < group.Vectors; v++)
            _code.Line(Invariant($"Floats g{v} = {KernelWriter.Load("gradient", v * kernel.Lanes)};"));
        if (group.Vectors > 1)
            _code.Line("Floats value;");
        for (int p = 0; p < offsets.Length; p++)
        {
            string value = KernelWriter.Broadcast("input", offsets[p]);
            if (group.Vectors > 1)
            {
                _code.Line($"value = {value};");
                value = "value";
            }

            for (int v = 0; v < group.Vectors; v++)
                _code.Line(Invariant($"a{p}_{v} = {KernelWriter.MultiplyAdd(value, Invariant($"g{v}"), Invariant($"a{p}_{v}"))};"));
        }
    }

    private void StoreTile(int rows, ColumnGroup group)
    {
        for (int p = 0; p < rows; p++)
        {
            for (int v = 0; v < group.Vectors; v++)
            {
                kernel.Store(
                    Invariant($"a{p}_{v}"),
                    "target",
                    (p * group.PanelWidth) + (v * kernel.Lanes),
                    v == group.Vectors - 1 ? group.LastLanes : kernel.Lanes);
            }
        }
    }

    /// <summary>Opens the loops over the columns of a group and declares <c>n</c> and <c>weights</c>.</summary>
    private CodeWriter.Block OpenColumns(ColumnGroup group, int rows)
    {
        int panelLength = rows * RegisterTile.PanelWidth;
        int lanes = group.Vectors * kernel.Lanes;
        bool fullPanels = group.PanelWidth == RegisterTile.PanelWidth;
        int begin = (group.FirstPanel * RegisterTile.PanelWidth) + group.FirstLane;
        int end = begin + (fullPanels ? group.PanelCount * RegisterTile.PanelWidth : group.Repeats * lanes);
        CodeWriter.Block block = kernel.Loop("n", begin, end, lanes);
        int start = group.FirstPanel * (panelLength - RegisterTile.PanelWidth);
        string weights = !fullPanels ? KernelWriter.Index(("n", 1), ("", start))
            : lanes == RegisterTile.PanelWidth ? Invariant($"{rows} * n")
            : Invariant($"(n / {RegisterTile.PanelWidth} * {panelLength}) + (n % {RegisterTile.PanelWidth})");
        _code.Line($"ref float weights = ref Unsafe.Add(ref dw, {weights});");
        return block;
    }
}
