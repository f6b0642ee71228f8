using NetGen.Generator.Lowering;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>
/// The gradients by the weights: dw[k, n] is the sum over positions or samples of x[k] · dy[n]. A tile of weights stays in
/// registers while the sum runs; nothing is transposed and no patches are copied.
/// </summary>
internal sealed class WeightGradientKernels(KernelWriter kernel)
{
    private readonly CodeWriter _code = kernel.Code;

    /// <summary>Of a dense layer, for a block of rows and panels; overwrites the gradient.</summary>
    public void Dense(string name, string summary, int rows, int columns, int inputStride, int gradientStride)
    {
        using (kernel.Method(
            summary,
            name,
            "ref float x, ref float dy, ref float dw, nint samples, nint rowBegin, nint rowEnd, nint panelBegin, nint panelEnd"))
        {
            foreach (ColumnGroup group in RegisterTile.Groups(columns, kernel.Width))
                DenseGroup(rows, inputStride, gradientStride, group);
        }
    }

    /// <summary>Of a convolution, for one sample; adds to the gradient.</summary>
    public void Convolution(string name, string summary, ConvolutionStage stage, Raster input)
    {
        using (kernel.Method(summary, name, "ref float x, ref float dy, ref float dw"))
        {
            foreach (ColumnGroup group in RegisterTile.Groups(stage.Columns, kernel.Width))
            {
                _code.Gap();
                using (OpenColumns(group, stage.Rows, perRange: false))
                    ConvolutionRows(stage, input, group);
            }
        }
    }

    private void DenseGroup(int rows, int inputStride, int gradientStride, ColumnGroup group)
    {
        int tile = Math.Min(rows, kernel.Width.Accumulators / group.Vectors);
        if (rows >= 8 && tile > 8 && rows % tile != 0)
            tile = Enumerable.Range(8, tile - 7).OrderBy(t => (rows + t - 1) / t * t).ThenByDescending(t => t).First();
        _code.Gap();
        _code.Line(Invariant($"// Columns from {(group.FirstPanel * RegisterTile.PanelWidth) + group.FirstLane}: a tile is {tile} rows by {group.Vectors} {(group.Vectors == 1 ? "vector" : "vectors")}."));
        using (OpenColumns(group, rows, perRange: true))
        using (_code.Open(Invariant($"for (nint rowTile = rowBegin; rowTile < rowEnd; rowTile += {tile})")))
        {
            _code.Line(tile == 1 ? "nint row = rowTile;" : Invariant($"nint row = Math.Min(rowTile, rowEnd - {tile});"));
            Declare(tile, group, _ => "Simd.Zero");
            _code.Line("ref float input = ref Unsafe.Add(ref x, row);");
            _code.Line("ref float gradient = ref Unsafe.Add(ref dy, n);");
            using (_code.Open("for (nint sample = 0; sample < samples; sample++)"))
            {
                Term([.. Enumerable.Range(0, tile)], group);
                _code.Line(Invariant($"input = ref Unsafe.Add(ref input, {inputStride});"));
                _code.Line(Invariant($"gradient = ref Unsafe.Add(ref gradient, {gradientStride});"));
            }

            _code.Line(Invariant($"ref float target = ref Unsafe.Add(ref weights, {group.PanelWidth} * row);"));
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
    private CodeWriter.Block OpenColumns(ColumnGroup group, int rows, bool perRange)
    {
        int panelLength = rows * RegisterTile.PanelWidth;
        int lanes = group.Vectors * kernel.Lanes;
        bool fullPanels = group.PanelWidth == RegisterTile.PanelWidth;
        string begin = Invariant($"{(group.FirstPanel * RegisterTile.PanelWidth) + group.FirstLane}");
        string end = Invariant($"{(group.FirstPanel * RegisterTile.PanelWidth) + group.FirstLane + (fullPanels ? group.PanelCount * RegisterTile.PanelWidth : group.Repeats * lanes)}");
        if (fullPanels)
        {
            if (perRange)
            {
                begin = Invariant($"{RegisterTile.PanelWidth} * panelBegin");
                end = Invariant($"{RegisterTile.PanelWidth} * Math.Min(panelEnd, {group.PanelCount})");
            }

            CodeWriter.Block block = _code.Open(Invariant($"for (nint n = {begin}; n < {end}; n += {lanes})"));
            _code.Line(lanes == RegisterTile.PanelWidth
                ? Invariant($"ref float weights = ref Unsafe.Add(ref dw, {rows} * n);")
                : Invariant($"ref float weights = ref Unsafe.Add(ref dw, (n / {RegisterTile.PanelWidth} * {panelLength}) + (n % {RegisterTile.PanelWidth}));"));
            return block;
        }

        int start = group.FirstPanel * (panelLength - RegisterTile.PanelWidth);
        CodeWriter.Block rest = _code.Open(perRange
            ? Invariant($"for (nint n = panelEnd > {group.FirstPanel} ? {begin} : {end}; n < {end}; n += {lanes})")
            : Invariant($"for (nint n = {begin}; n < {end}; n += {lanes})"));
        _code.Line($"ref float weights = {KernelWriter.At("dw", KernelWriter.Index(("n", 1), ("", start)))};");
        return rest;
    }
}
