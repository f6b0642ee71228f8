using NetGen.Generator.Lowering;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>
/// The matrix products forward and backward to the input: dense layers, and convolutions, whose left rows are runs of the
/// input itself. A tile of outputs stays in registers while the sum runs over the rows of the weights, in ascending order, so
/// that an output's bits do not depend on the tile that computed it.
/// </summary>
internal sealed class ProductKernels(KernelWriter kernel)
{
    /// <summary>Multiply-adds that may be written out one after the other instead of in a loop.</summary>
    private const int MaxUnrolled = 448;

    /// <summary>
    /// Terms of a convolution's sum that may be written out: a loop over a kernel line of three weights would cost more than they do.
    /// </summary>
    private const int MaxUnrolledTerms = 32;

    /// <summary>Accumulators that keep both multipliers busy for a single sample.</summary>
    private const int SingleSampleVectors = 8;

    private readonly CodeWriter _code = kernel.Code;

    /// <summary>A convolution of one sample.</summary>
    public void Convolution(ConvolutionShape conv)
    {
        string parameters = "ref float x, ref float w"
            + (conv.Bias ? ", ref float bias" : "") + ", ref float y"
            + (conv.KeepsIndex ? ", ref float index" : "")
            + (conv.Epilogue.Drops ? ", ulong key" : "");
        using (kernel.Method(conv.Summary, conv.Name, parameters))
        {
            foreach (ColumnGroup group in RegisterTile.Groups(conv.Columns, kernel.Width, conv.VectorsInTile(kernel.Width)))
                ConvolutionGroup(conv, group);
        }
    }

    /// <summary>A dense layer for any number of samples.</summary>
    public void Dense(DenseShape dense)
    {
        string parameters = "ref float x, ref float w"
            + (dense.Bias ? ", ref float bias" : "") + ", ref float y, nint samples"
            + (dense.Epilogue.Drops ? ", ulong seed, long step, int firstSample" : "");
        bool single = dense.Columns > RegisterTile.PanelWidth;
        using (kernel.Method(dense.Summary, dense.Name, parameters))
        {
            if (single)
            {
                string tiled = Invariant($"samples - (samples % {dense.SmallTiles(kernel.Width).Last()})");
                int large = dense.LargeFrom(kernel.Width);
                _code.Line(large == int.MaxValue ? $"nint tiled = {tiled};" : Invariant($"nint tiled = samples >= {large} ? samples : {tiled};"));
            }

            foreach (ColumnGroup group in RegisterTile.Groups(dense.Columns, kernel.Width))
                DenseGroup(dense, group, single);
            if (single)
                RemainingSamples(dense);
        }

        if (single)
            DenseSingle(dense);
    }

    /// <summary>The samples that no tile takes go one by one.</summary>
    private void RemainingSamples(DenseShape dense)
    {
        _code.Gap();
        using (_code.Open("for (nint sample = tiled; sample < samples; sample++)"))
        {
            _code.Line($"ref float source = ref Unsafe.Add(ref x, {KernelWriter.Index(("sample", dense.InputStride))});");
            _code.Line($"ref float target = ref Unsafe.Add(ref y, {KernelWriter.Index(("sample", dense.OutputStride))});");
            _code.Line($"{dense.Name}Single(ref source, ref w{(dense.Bias ? ", ref bias" : "")}, ref target);");
            if (!dense.Epilogue.Drops)
                return;
            _code.Line(Invariant($"ulong key = DropoutMask.Key(seed, step, {dense.Epilogue.DropoutLayer}, firstSample + (int)sample);"));
            kernel.Vectors(dense.Columns, "n", lanes =>
            {
                _code.Line("ref float unit = ref Unsafe.Add(ref target, n);");
                kernel.Store(KernelWriter.Finish(dense.Epilogue with { Relu = false }, KernelWriter.Load("unit"), "n"), "unit", 0, lanes);
            });
        }
    }

    private void ConvolutionGroup(ConvolutionShape conv, ColumnGroup group)
    {
        int pool = conv.Epilogue.Pool;
        int height = conv.Height / pool;
        int width = conv.Width / pool;
        (int rows, int columns, _) = RegisterTile.ForPositions(height, width, pool, group.Vectors, kernel.Width);
        int[] positions =
        [
            .. from row in Enumerable.Range(0, rows * pool)
               from column in Enumerable.Range(0, columns * pool)
               select (row * conv.InputRowStride) + (column * conv.InputPixelStride),
        ];

        _code.Gap();
        _code.Line(Invariant($"// Columns from {(group.FirstPanel * RegisterTile.PanelWidth) + group.FirstLane}: a tile is {rows * pool}×{columns * pool} positions by {group.Vectors} {(group.Vectors == 1 ? "vector" : "vectors")}."));
        using (OpenPanels(group, conv.Rows, conv.Bias))
        using (kernel.Tiles("row", height, rows))
        using (kernel.Tiles("column", width, columns))
        {
            _code.Line($"ref float source = {KernelWriter.At("x", KernelWriter.Index(("row", pool * conv.InputRowStride), ("column", pool * conv.InputPixelStride)))};");
            Accumulators(positions.Length, group.Vectors, 1, conv.Bias);
            if (pool > 1 && conv.KeepsIndex)
                _code.Line("Floats best, place, wins;");
            Sum(positions, group, conv.KernelHeight, conv.InputLineStride, conv.Span, 1, MaxUnrolledTerms, Lines(conv, rows));
            _code.Line($"ref float target = {KernelWriter.At("y", KernelWriter.Index(("row", conv.OutputRowStride), ("column", conv.OutputPixelStride), ("n", 1)))};");
            if (conv.KeepsIndex || conv.Epilogue.Drops)
                _code.Line($"nint unit = {KernelWriter.Index(("row", width * conv.Columns), ("column", conv.Columns), ("n", 1))};");
            if (conv.KeepsIndex)
                _code.Line("ref float chosen = ref Unsafe.Add(ref index, unit);");
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                    StorePosition(conv, group, row, column, columns * pool, width);
            }

            if (conv.Epilogue.Drops)
                DropTile(conv, group, rows, columns, width);
        }
    }

    /// <summary>
    /// Dropout of a finished tile, which is still in the first-level cache. In the registers it would need so many more that the
    /// sums above would spill.
    /// </summary>
    private void DropTile(ConvolutionShape conv, ColumnGroup group, int rows, int columns, int width)
    {
        using (kernel.Loop("i", rows, 1))
        using (kernel.Loop("j", columns, 1))
        {
            _code.Line($"ref float pixel = ref Unsafe.Add(ref target, {KernelWriter.Index(("i", conv.OutputRowStride), ("j", conv.OutputPixelStride))});");
            _code.Line($"nint pixelUnit = unit + {KernelWriter.Index(("i", width * conv.Columns), ("j", conv.Columns))};");
            Drop(conv.Epilogue, group, "pixel", "pixelUnit");
        }
    }

    private void Drop(Epilogue epilogue, ColumnGroup group, string target, string unit)
    {
        for (int v = 0; v < group.Vectors; v++)
        {
            int lane = v * kernel.Lanes;
            string units = lane == 0 ? unit : Invariant($"{unit} + {lane}");
            kernel.Store(
                KernelWriter.Finish(epilogue with { Relu = false }, KernelWriter.Load(target, lane), units),
                target,
                lane,
                v == group.Vectors - 1 ? group.LastLanes : kernel.Lanes);
        }
    }

    /// <summary>
    /// The loop over the kernel's lines. Lines that meet only the halo above or below the image add nothing and are left out; in
    /// the gradient by a small image they are a large part.
    /// </summary>
    private static string Lines(ConvolutionShape conv, int rows)
    {
        int step = conv.InputRowStride / conv.InputLineStride * conv.Epilogue.Pool;
        int last = (step * rows) - (conv.InputRowStride / conv.InputLineStride);
        string first = step == 1 ? "row" : Invariant($"({step} * row)");
        string begin = conv.Halo.Top == 0 ? "0" : Invariant($"Math.Max(0, {conv.Halo.Top - last} - {first})");
        string end = conv.Halo.Bottom == 0
            ? Invariant($"{conv.KernelHeight}")
            : Invariant($"Math.Min({conv.KernelHeight}, {conv.Halo.Top + conv.ImageLines} - {first})");
        return $"for (nint line = {begin}, end = {end}; line < end; line++)";
    }

    private void StorePosition(ConvolutionShape conv, ColumnGroup group, int row, int column, int tileColumns, int width)
    {
        int pool = conv.Epilogue.Pool;
        int unit = ((row * width) + column) * conv.Columns;
        for (int v = 0; v < group.Vectors; v++)
        {
            int lane = v * kernel.Lanes;
            int lanes = v == group.Vectors - 1 ? group.LastLanes : kernel.Lanes;
            string[] window =
            [
                .. from i in Enumerable.Range(row * pool, pool)
                   from j in Enumerable.Range(column * pool, pool)
                   select Invariant($"a{(i * tileColumns) + j}_{v}"),
            ];
            string value = window[0];
            if (pool > 1 && conv.KeepsIndex)
            {
                PickMaximum(_code, window);
                kernel.Store("place", "chosen", unit + lane, lanes);
                value = "best";
            }
            else if (pool > 1)
            {
                value = window.Aggregate((left, right) => $"Simd.Max({left}, {right})");
            }

            kernel.Store(
                KernelWriter.Finish(conv.Epilogue with { DropRate = 0 }, value, ""),
                "target",
                (row * conv.OutputRowStride) + (column * conv.OutputPixelStride) + lane,
                lanes);
        }
    }

    /// <summary>Sets <c>best</c> to the maximum of a window and <c>place</c> to its position; both are declared with the accumulators.</summary>
    public static void PickMaximum(CodeWriter code, string[] window)
    {
        code.Line($"best = {window[0]};");
        code.Line("place = Simd.Zero;");
        for (int i = 1; i < window.Length; i++)
        {
            code.Line($"wins = Simd.Wins({window[i]}, best);");
            code.Line($"best = Simd.Select(wins, {window[i]}, best);");
            code.Line(Invariant($"place = Simd.Select(wins, Simd.Splat({i}f), place);"));
        }
    }

    private void DenseGroup(DenseShape dense, ColumnGroup group, bool severalPanels)
    {
        int phases = RegisterTile.Phases(dense.Rows, dense.Columns);
        int[] tiles = severalPanels ? dense.SmallTiles(kernel.Width) : RegisterTile.ForSamples(group.Vectors, phases, kernel.Width);
        int largeFrom = severalPanels ? dense.LargeFrom(kernel.Width) : int.MaxValue;
        int large = largeFrom == int.MaxValue ? tiles[0] : dense.LargeTile(kernel.Width);
        _code.Gap();
        _code.Line(Invariant($"// Columns from {(group.FirstPanel * RegisterTile.PanelWidth) + group.FirstLane}: a tile is {large} samples by {group.Vectors} {(group.Vectors == 1 ? "vector" : "vectors")}."));
        using (OpenPanels(group, dense.Rows, dense.Bias))
        {
            if (largeFrom < int.MaxValue)
            {
                using (_code.Open(Invariant($"for (nint tile = 0; samples >= {largeFrom} && tile < samples; tile += {large})")))
                {
                    _code.Line(Invariant($"nint sample = Math.Min(tile, samples - {large});"));
                    DenseTile(dense, group, large, phases);
                }

                using (_code.Open(Invariant($"if (samples < {largeFrom})")))
                    SmallTiles("tiled");
            }
            else
            {
                SmallTiles(severalPanels ? "tiled" : "samples");
            }
        }

        void SmallTiles(string end)
        {
            _code.Line("nint sample = 0;");
            foreach (int tile in tiles)
            {
                using (_code.Open(tile == tiles.Last()
                    ? Invariant($"for (; sample < {end}; sample += {tile})")
                    : Invariant($"for (; sample <= {end} - {tile}; sample += {tile})")))
                {
                    DenseTile(dense, group, tile, phases);
                }
            }
        }
    }

    private void DenseTile(DenseShape dense, ColumnGroup group, int samples, int phases)
    {
        int[] positions = [.. Enumerable.Range(0, samples).Select(m => m * dense.InputStride)];
        _code.Line($"ref float source = {KernelWriter.At("x", KernelWriter.Index(("sample", dense.InputStride)))};");
        Accumulators(samples, group.Vectors, phases, dense.Bias);
        Sum(positions, group, 1, 0, dense.Rows, phases, phases);
        _code.Line($"ref float target = {KernelWriter.At("y", KernelWriter.Index(("sample", dense.OutputStride), ("n", 1)))};");
        for (int m = 0; m < samples; m++)
            StoreSample(dense, group, m);
        if (dense.Epilogue.Drops)
            DropSamples(dense, group, samples);
    }

    private void StoreSample(DenseShape dense, ColumnGroup group, int m)
    {
        for (int v = 0; v < group.Vectors; v++)
        {
            int lane = v * kernel.Lanes;
            kernel.Store(
                KernelWriter.Finish(dense.Epilogue with { DropRate = 0 }, Invariant($"a{m}_{v}"), ""),
                "target",
                (m * dense.OutputStride) + lane,
                v == group.Vectors - 1 ? group.LastLanes : kernel.Lanes);
        }
    }

    /// <summary>Dropout of a finished tile; see <see cref="DropTile"/>.</summary>
    private void DropSamples(DenseShape dense, ColumnGroup group, int body)
    {
        using (kernel.Loop("m", body, 1))
        {
            _code.Line(Invariant($"ulong key = DropoutMask.Key(seed, step, {dense.Epilogue.DropoutLayer}, firstSample + (int)(sample + m));"));
            _code.Line($"ref float row = ref Unsafe.Add(ref target, {KernelWriter.Index(("m", dense.OutputStride))});");
            Drop(dense.Epilogue, group, "row", "n");
        }
    }

    /// <summary>One sample: several panels side by side, because one alone would wait for its own sums.</summary>
    private void DenseSingle(DenseShape dense)
    {
        int panelVectors = RegisterTile.PanelWidth / kernel.Lanes;
        int full = dense.Columns / RegisterTile.PanelWidth;
        int rest = dense.Columns % RegisterTile.PanelWidth;
        int together = Math.Min(full, Math.Max(1, SingleSampleVectors / panelVectors));
        int grouped = full / together * together;
        using (kernel.Method(
            $"{dense.Summary.Split('\n')[0]} One sample: {together} panels side by side.",
            dense.Name + "Single",
            $"ref float x, ref float w{(dense.Bias ? ", ref float bias" : "")}, ref float y",
            isPrivate: true))
        {
            using (kernel.Loop("panel", grouped, together))
                SinglePanels(dense, "panel", [.. Enumerable.Repeat(RegisterTile.PanelWidth, together)]);

            int[] left = [.. Enumerable.Repeat(RegisterTile.PanelWidth, full - grouped), .. rest > 0 ? [rest] : Array.Empty<int>()];
            if (left.Length > 0)
            {
                using (_code.Open())
                {
                    _code.Line(Invariant($"const int panel = {grouped};"));
                    SinglePanels(dense, "panel", left);
                }
            }
        }
    }

    private void SinglePanels(DenseShape dense, string panel, int[] widths)
    {
        int panelLength = dense.Rows * RegisterTile.PanelWidth;
        string n = KernelWriter.Index((panel, RegisterTile.PanelWidth));
        List<(string Accumulator, int Panel, int Lane, int Lanes)> vectors = [];
        for (int i = 0; i < widths.Length; i++)
        {
            _code.Line($"ref float w{i} = {KernelWriter.At("w", KernelWriter.Index((panel, panelLength), ("", i * panelLength)))};");
            for (int lane = 0; lane < widths[i]; lane += kernel.Lanes)
                vectors.Add((Invariant($"a{i}_{lane / kernel.Lanes}"), i, lane, Math.Min(kernel.Lanes, widths[i] - lane)));
        }

        _code.Line($"nint n = {n};");
        foreach ((string accumulator, int i, int lane, _) in vectors)
        {
            string start = dense.Bias
                ? KernelWriter.Load("bias", KernelWriter.Index(("n", 1), ("", (i * RegisterTile.PanelWidth) + lane)))
                : "Simd.Zero";
            _code.Line($"Floats {accumulator} = {start};");
        }

        using (_code.Open(Invariant($"for (nint k = 0; k < {dense.Rows}; k++)")))
        {
            _code.Line("Floats value = Simd.Broadcast(ref x, k);");
            foreach ((string accumulator, int i, int lane, _) in vectors)
                _code.Line($"{accumulator} = {KernelWriter.MultiplyAdd("value", KernelWriter.Load(Invariant($"w{i}"), lane), accumulator)};");
            for (int i = 0; i < widths.Length; i++)
                _code.Line(Invariant($"w{i} = ref Unsafe.Add(ref w{i}, {widths[i]});"));
        }

        _code.Line("ref float target = ref Unsafe.Add(ref y, n);");
        foreach ((string accumulator, int i, int lane, int lanes) in vectors)
            kernel.Store(KernelWriter.Finish(dense.Epilogue with { DropRate = 0 }, accumulator, ""), "target", (i * RegisterTile.PanelWidth) + lane, lanes);
    }

    /// <summary>Opens the loops over the panels and lanes of a column group and declares <c>n</c>, <c>weights</c> and the biases.</summary>
    private CodeWriter.Block OpenPanels(ColumnGroup group, int rows, bool bias)
    {
        int panelLength = rows * RegisterTile.PanelWidth;
        int lanes = group.Vectors * kernel.Lanes;
        int columns = group.PanelCount * RegisterTile.PanelWidth;
        int firstColumn = (group.FirstPanel * RegisterTile.PanelWidth) + group.FirstLane;
        CodeWriter.Block block;
        if (group.PanelCount > 1 && group.Repeats > 1)
        {
            block = _code.Open(Invariant($"for (nint n = {firstColumn}; n < {firstColumn + columns}; n += {lanes})"));
            _code.Line($"ref float weights = {KernelWriter.At("w", Invariant($"(n / {RegisterTile.PanelWidth} * {panelLength}) + (n % {RegisterTile.PanelWidth})"))};");
        }
        else if (group.PanelCount > 1)
        {
            block = _code.Open(Invariant($"for (nint n = {firstColumn}; n < {firstColumn + columns}; n += {RegisterTile.PanelWidth})"));
            _code.Line($"ref float weights = {KernelWriter.At("w", Invariant($"{rows} * n"))};");
        }
        else if (group.Repeats > 1)
        {
            block = _code.Open(Invariant($"for (nint n = {firstColumn}; n < {firstColumn + (group.Repeats * lanes)}; n += {lanes})"));
            int start = (group.FirstPanel * panelLength) - (group.FirstPanel * RegisterTile.PanelWidth);
            _code.Line($"ref float weights = {KernelWriter.At("w", KernelWriter.Index(("n", 1), ("", start)))};");
        }
        else
        {
            block = _code.Open();
            _code.Line(Invariant($"const int n = {firstColumn};"));
            _code.Line($"ref float weights = {KernelWriter.At("w", (group.FirstPanel * panelLength) + group.FirstLane)};");
        }

        if (bias)
        {
            for (int v = 0; v < group.Vectors; v++)
                _code.Line(Invariant($"Floats bias{v} = {KernelWriter.Load("bias", KernelWriter.Index(("n", 1), ("", v * kernel.Lanes)))};"));
        }

        return block;
    }

    private void Accumulators(int positions, int vectors, int phases, bool bias)
    {
        for (int p = 0; p < positions; p++)
        {
            for (int v = 0; v < vectors; v++)
            {
                _code.Line(Invariant($"Floats a{p}_{v} = {(bias ? Invariant($"bias{v}") : "Simd.Zero")};"));
                for (int phase = 1; phase < phases; phase++)
                    _code.Line(Invariant($"Floats a{p}_{v}_{phase} = Simd.Zero;"));
            }
        }
    }

    /// <summary>Writes the sum over the rows of the weights: kernel lines, then the run within a line.</summary>
    private void Sum(int[] positions, ColumnGroup group, int lines, int lineStride, int span, int phases, int unrolledTerms, string lineLoop = "")
    {
        string operands = string.Join(", ", Enumerable.Range(0, group.Vectors).Select(v => Invariant($"w{v}")));
        _code.Line(group.Vectors > 1 ? $"Floats {operands}, value;" : $"Floats {operands};");
        if (lines * span * positions.Length * group.Vectors <= MaxUnrolled && lines * span <= unrolledTerms)
        {
            for (int line = 0; line < lines; line++)
            {
                for (int k = 0; k < span; k++)
                    Term(positions, group, "source", (line * lineStride) + k, "weights", ((line * span) + k) * group.PanelWidth, k % phases);
            }
        }
        else if (lines > 1)
        {
            using (_code.Open(lineLoop))
                Run(positions, group, $"{KernelWriter.At("source", KernelWriter.Index(("line", lineStride)))}", $"{KernelWriter.At("weights", KernelWriter.Index(("line", span * group.PanelWidth)))}", span, phases);
        }
        else
        {
            using (_code.Open())
                Run(positions, group, "ref source", "ref weights", span, phases);
        }

        if (phases == 1)
            return;
        for (int p = 0; p < positions.Length; p++)
        {
            for (int v = 0; v < group.Vectors; v++)
                _code.Line(Invariant($"a{p}_{v} = (a{p}_{v} + a{p}_{v}_1) + (a{p}_{v}_2 + a{p}_{v}_3);"));
        }
    }

    private void Run(int[] positions, ColumnGroup group, string input, string weight, int span, int phases)
    {
        _code.Line($"ref float input = {input};");
        _code.Line($"ref float weight = {weight};");
        int whole = span / phases;
        using (_code.Open(Invariant($"for (nint k = 0; k < {whole}; k++)")))
        {
            for (int phase = 0; phase < phases; phase++)
                Term(positions, group, "input", phase, "weight", phase * group.PanelWidth, phase);
            _code.Line(Invariant($"input = ref Unsafe.Add(ref input, {phases});"));
            _code.Line(Invariant($"weight = ref Unsafe.Add(ref weight, {phases * group.PanelWidth});"));
        }

        for (int rest = 0; rest < span % phases; rest++)
            Term(positions, group, "input", rest, "weight", rest * group.PanelWidth, rest);
    }

    private void Term(int[] positions, ColumnGroup group, string input, int inputOffset, string weight, int weightOffset, int phase)
    {
        string suffix = phase == 0 ? "" : Invariant($"_{phase}");
        for (int v = 0; v < group.Vectors; v++)
            _code.Line(Invariant($"w{v} = {KernelWriter.Load(weight, weightOffset + (v * kernel.Lanes))};"));
        for (int p = 0; p < positions.Length; p++)
        {
            string value = KernelWriter.Broadcast(input, inputOffset + positions[p]);
            if (group.Vectors > 1)
            {
                _code.Line($"value = {value};");
                value = "value";
            }

            for (int v = 0; v < group.Vectors; v++)
                _code.Line(Invariant($"a{p}_{v}{suffix} = {KernelWriter.MultiplyAdd(value, Invariant($"w{v}"), Invariant($"a{p}_{v}{suffix}"))};"));
        }
    }
}
