using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Emits the gradients with respect to the weights: dw[k, n] is the sum over positions or samples of x[k] · dz[n], where dz is the gradient with
/// respect to the pre-activations. A tile of dw stays in registers while the sum runs; nothing is transposed and no patches are copied, except by <see cref="WinogradGradientKernels"/>.
/// </summary>
internal sealed class WeightGradientKernels(KernelWriter kernel)
{
    private readonly CodeWriter _code = kernel.Code;

    /// <summary>The kernel of a dense layer for the samples of a shard; it overwrites the gradient.</summary>
    public static Kernel OfShard(
        string name, string summary, int rows, int columns, TrainingMemory memory, IReadOnlyList<KernelParameter> parameters) =>
        new(name, summary, parameters, (writer, kernel) => new WeightGradientKernels(writer).WriteShard(kernel, rows, columns, memory))
        {
            Key = new(Invariant($"weight gradient of a shard: {rows} {columns} {memory.ActivationsLength} {memory.IsUnrolled}")),
        };

    private void WriteShard(Kernel method, int rows, int columns, TrainingMemory memory)
    {
        bool isUnrolled = memory.IsUnrolled && Unrolled.IsWorth(columns, rows * ((columns + kernel.Lanes - 1) / kernel.Lanes));
        using (kernel.Method(method))
        {
            ColumnGroup[] groups = [.. isUnrolled ? RegisterTile.SeparateGroups(columns, kernel.Width) : RegisterTile.Groups(columns, kernel.Width)];
            foreach (ColumnGroup group in groups)
            {
                _code.Gap();
                using (kernel.Columns(group, rows, "dw", alone: groups.Length == 1))
                    DenseRows(rows, memory.ActivationsLength, memory.ActivationsLength, group, "x", "ref dz, n", "weights", isUnrolled);
            }
        }
    }

    /// <summary>
    /// The kernel of a dense layer with many weights, over a whole batch, for one panel of columns and some panels of rows; it overwrites this part of the
    /// gradient. Inputs and gradients are packed in panels of 32 columns, in which the samples are contiguous: so a panel fits in the L1 cache,
    /// and its samples share pages of memory. Meanwhile it prefetches what is read next: weights and state that an optimizer updates with this part.
    /// </summary>
    public static Kernel WholeBatch(string name, string summary, int rows, int columns) => new(
        name,
        summary,
        [
            KernelParameter.Floats("x", new WholeBatchInputs()),
            KernelParameter.Number("panelStride", new Local("panelStride")),
            KernelParameter.Floats("dz", new WholeBatchPreActivationGradient()),
            KernelParameter.Floats("dw", new Local("ref part.Gradient[0]")),
            KernelParameter.Floats("updated", new Local("ref part.Updated[0]")),
            KernelParameter.Floats("state", new Local("ref part.State[0]")),
            KernelParameter.Floats("secondState", new Local("ref part.SecondState[0]")),
            KernelParameter.Number("samples", new SampleCount()),
            KernelParameter.Number("rowPanelBegin", new Local("part.RowPanelBegin")),
            KernelParameter.Number("rowPanelEnd", new Local("part.RowPanelEnd")),
            KernelParameter.Number("panel", new Local("part.Panel")),
        ],
        (writer, kernel) => new WeightGradientKernels(writer).WriteWholeBatch(kernel, rows, columns))
    {
        Key = new(Invariant($"weight gradient of a batch: {rows} {columns}")),
    };

    private void WriteWholeBatch(Kernel method, int rows, int columns)
    {
        using (kernel.Method(method))
        {
            _code.Line("ref float gradients = ref Unsafe.Add(ref dz, panel * panelStride);");
            int fullRows = rows / RegisterTile.PanelWidth;
            int restRows = rows % RegisterTile.PanelWidth;
            foreach (ColumnGroup group in RegisterTile.Groups(columns, kernel.Width))
            {
                bool full = group.PanelWidth == RegisterTile.PanelWidth;
                _code.Gap();
                using (_code.Open(Invariant($"if (panel {(full ? "<" : "==")} {(full ? group.PanelCount : group.FirstPanel)})")))
                using (kernel.Loop("lane", group.FirstLane, group.FirstLane + (group.Repeats * group.Lanes(kernel.Width)), group.Lanes(kernel.Width)))
                {
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
        _code.Line(Invariant($"nint block = ({rowPanel} - rowPanelBegin) * {RegisterTile.PanelWidth * group.PanelWidth} + lane;"));
        _code.Together($"ref float inputs = ref Unsafe.Add(ref x, {rowPanel} * panelStride);", "ref float weights = ref Unsafe.Add(ref dw, block);");
        DenseRows(
            rows, RegisterTile.PanelWidth, RegisterTile.PanelWidth, group, "inputs", "ref gradients, lane", "weights", prefetches: kernel.Shared.ReadsAhead && DenseTiling.PrefetchesUpdated(group, kernel.Width));
    }

    /// <summary>Emits the kernel of a convolution for one sample; it adds to the gradient, with Winograd's transforms at the last sample of a shard.</summary>
    public void Convolution(Kernel method, ConvolutionOperation operation)
    {
        using (kernel.Method(method))
        {
            if (WinogradGradientTiling.Choose(operation.WinogradGradient, kernel.Width) is { } transformed)
            {
                new WinogradGradientKernels(kernel).Write(operation, transformed);
                return;
            }

            if (RepeatedInputs.TakesGradient(operation, kernel.Width))
            {
                new RepeatedGradientKernels(kernel).Write(operation);
                return;
            }

            using (kernel.Groups(operation.Filters.Groups))
            {
                int narrow = TakesPairs(operation) || !operation.IsContiguous || operation.Filters.Groups > 1 ? 0
                    : NarrowColumns.CountInGradient(
                        operation.Filters.Count, operation.Filters.Height, operation.LineLength, operation.Computed.Height * operation.Computed.Width, kernel.Width);
                ColumnGroup[] groups = [.. RegisterTile.GradientGroups(operation.GroupFilters, kernel.Width, narrow)];
                foreach (ColumnGroup group in groups)
                {
                    _code.Gap();
                    using (kernel.Columns(group, operation.Terms, "dw", alone: groups.Length == 1))
                    {
                        if (narrow > 0 && group.FirstColumn == operation.Filters.Count - narrow)
                            new NarrowGradientKernels(kernel).Write(operation, group);
                        else
                            ConvolutionRows(operation, group);
                    }
                }

                if (operation.Filters.Groups > 1)
                    kernel.Advance(("x", operation.GroupChannels), ("dz", operation.GroupFilters), ("dw", operation.Terms * operation.GroupFilters));
            }
        }
    }

    /// <summary>Writes the tiles over a run of rows; the last tile is shifted back and recomputes the overlap.</summary>
    private void DenseRows(
        int rows, int inputStride, int gradientStride, ColumnGroup group, string inputs, string gradient, string weights, bool isUnrolled = false, bool prefetches = false)
    {
        int tile = RegisterTile.ForOverlappingRun(rows, group.Vectors, kernel.Width);
        if (!isUnrolled || tile == rows)
        {
            using (kernel.Nest(KernelWriter.Tiles("row", rows, tile)))
                Tile(tile);
            return;
        }

        for (int row = 0; row < rows; row += tile)
        {
            using (_code.Open())
            {
                _code.Line(Invariant($"const int row = {row};"));
                Tile(Math.Min(tile, rows - row));
            }
        }

        void Tile(int tile)
        {
            Declare(tile, group, (_, _) => "Simd.Zero");
            _code.Together($"ref float input = ref Unsafe.Add(ref {inputs}, row);", $"ref float gradient = ref Unsafe.Add({gradient});");
            using (_code.Open("for (nint sample = 0; sample < samples; sample++)"))
            {
                if (prefetches)
                {
                    int lines = tile * group.PanelWidth / ProductLoop.LineFloats;
                    _code.Line(Invariant($"nint line = block + {group.PanelWidth} * row + {ProductLoop.LineFloats} * Math.Min(sample, {lines - 1});"));
                    _code.Together("Simd.Prefetch(ref updated, line);", "Simd.Prefetch(ref state, line);", "Simd.Prefetch(ref secondState, line);");
                }

                Term([.. Enumerable.Range(0, tile)], group);
                kernel.Advance(("input", inputStride), ("gradient", gradientStride));
            }

            _code.Line(Invariant($"ref float target = ref Unsafe.Add(ref {weights}, {group.PanelWidth} * row);"));
            StoreTile(tile, group);
        }
    }

    /// <summary>
    /// Writes sums over <c>tiles</c> tiles that are added to <c>weights</c>: of the products of <c>left</c>, with a channel in each row of the result, and <c>right</c>, from
    /// column <c>n</c> on.
    /// </summary>
    /// <param name="channels">The channels.</param>
    /// <param name="leftStride">Floats from a tile's values in <c>left</c> to those of the next one.</param>
    /// <param name="rightStride">The same in <c>right</c>.</param>
    /// <param name="group">The columns.</param>
    public void Sums(int channels, int leftStride, int rightStride, ColumnGroup group)
    {
        int tile = RegisterTile.ForRun(channels, group.Vectors, kernel.Width);
        int whole = channels / tile * tile;
        if (tile == channels)
        {
            Rows(channels, "0");
            return;
        }

        using (kernel.Loop("c", 0, whole, tile))
            Rows(tile, "c");
        if (whole < channels)
        {
            using (_code.Open())
            {
                _code.Line(Invariant($"const int c = {whole};"));
                Rows(channels - whole, "c");
            }
        }

        void Rows(int rows, string first)
        {
            _code.Line($"ref float target = {KernelWriter.At("weights", KernelWriter.Index((first, group.PanelWidth)))};");
            Declare(rows, group, (p, v) => KernelWriter.Load("target", (p * group.PanelWidth) + (v * kernel.Lanes)));
            _code.Together($"ref float input = {KernelWriter.At("left", first)};", $"ref float gradient = {KernelWriter.At("right", "n")};");
            using (_code.Open("for (nint tile = 0; tile < tiles; tile++)"))
            {
                Term([.. Enumerable.Range(0, rows)], group);
                kernel.Advance(("input", leftStride), ("gradient", rightStride));
            }

            StoreTile(rows, group);
        }
    }

    private void ConvolutionRows(ConvolutionOperation operation, ColumnGroup group)
    {
        int height = operation.Filters.Height;
        int lines = ConvolutionTiling.WeightGradientLines(height, operation.LineLength, group.Vectors, kernel.Width);
        int whole = height / lines * lines;
        KernelLines(operation, group, 0, whole, lines);
        if (whole < height)
            KernelLines(operation, group, whole, height, height - whole);
    }

    /// <summary>Writes the tiles for the filter lines from <paramref name="begin"/>, <paramref name="together"/> lines in one tile.</summary>
    private void KernelLines(ConvolutionOperation operation, ColumnGroup group, int begin, int end, int together)
    {
        // Where the inputs of a line are not contiguous, a tile takes the whole line or a part of one kernel column.
        int lineLength = operation.LineLength;
        bool isWhole = together > 1 || (!operation.IsContiguous && lineLength <= kernel.Width.Accumulators / group.Vectors);
        int run = operation.IsContiguous || isWhole ? lineLength : operation.GroupChannels;
        int tile = isWhole ? lineLength : RegisterTile.ForRun(run, group.Vectors, kernel.Width);
        int whole = run / tile * tile;
        bool byTap = run < lineLength;
        using (_code.Open(Invariant($"for (nint line = {begin}; line < {end}; line += {together})")))
        using (!byTap ? default : _code.Open(Invariant($"for (nint tap = 0; tap < {operation.Filters.Width}; tap++)")))
        {
            using (kernel.Loop("k", 0, whole, tile, alone: whole == run))
                Tile(operation, group, together, tile, byTap);
            if (whole < run)
            {
                using (_code.Open())
                {
                    _code.Line(Invariant($"const int k = {whole};"));
                    Tile(operation, group, 1, run - whole, byTap);
                }
            }
        }
    }

    private void Tile(ConvolutionOperation operation, ColumnGroup group, int lines, int run, bool byTap)
    {
        int lineLength = operation.LineLength;
        int channels = operation.GroupChannels;
        int lineStride = operation.Filters.Dilation * operation.SourceLayout.RowStride;
        BufferLayout input = operation.SourceLayout;
        BufferLayout gradient = operation.GradientLayout;
        int[] offsets =
        [
            .. from line in Enumerable.Range(0, lines)
               from k in Enumerable.Range(0, run)
               select (line * lineStride) + (operation.IsContiguous ? k : (k / channels * operation.TapStride) + (k % channels)),
        ];

        string tap = byTap ? "tap" : "0";
        _code.Line($"ref float target = ref Unsafe.Add(ref weights, {KernelWriter.Index(("line", lineLength * group.PanelWidth), (tap, channels * group.PanelWidth), ("k", group.PanelWidth))});");
        if (TakesPairs(operation))
        {
            PairTile(operation, offsets);
            return;
        }

        Declare(offsets.Length, group, (p, v) => KernelWriter.Load("target", (p * group.PanelWidth) + (v * kernel.Lanes)));
        using (_code.Open(Invariant($"for (nint row = 0; row < {operation.Computed.Height}; row++)")))
        {
            _code.Together(
                $"ref float input = ref Unsafe.Add(ref x, {KernelWriter.Index(("row", operation.Filters.Stride * input.RowStride), ("line", lineStride), (tap, operation.TapStride), ("k", 1))});",
                $"ref float gradient = ref Unsafe.Add(ref dz, {KernelWriter.Index(("row", gradient.RowStride), ("n", 1))});");
            using (_code.Open(Invariant($"for (nint column = 0; column < {operation.Computed.Width}; column++)")))
            {
                Term(offsets, group);
                kernel.Advance(("input", operation.Filters.Stride * input.PixelStride), ("gradient", gradient.PixelStride));
            }
        }

        StoreTile(offsets.Length, group);
    }

    private bool TakesPairs(ConvolutionOperation operation) => operation.IsContiguous && ConvolutionTiling.WeightGradientTakesPairs(
        operation.GroupChannels, operation.Filters.Stride, operation.Filters.Count, operation.Computed.Width, kernel.Width);

    /// <summary>Two neighbouring positions share a vector, as in <see cref="PairKernels"/>: each half of the gradient comes from one of them, and is added up at the end.</summary>
    private void PairTile(ConvolutionOperation operation, int[] offsets)
    {
        BufferLayout input = operation.SourceLayout;
        BufferLayout gradient = operation.GradientLayout;
        _code.Rows(offsets.Select((_, p) => new[] { Invariant($"a{p} = Simd.Zero") }), "Floats ", ", ", ";");
        using (_code.Open(Invariant($"for (nint row = 0; row < {operation.Computed.Height}; row++)")))
        {
            _code.Together(
                $"ref float input = ref Unsafe.Add(ref x, {KernelWriter.Index(("row", input.RowStride), ("line", input.RowStride), ("k", 1))});",
                $"ref float gradient = ref Unsafe.Add(ref dz, {KernelWriter.Index(("row", gradient.RowStride), ("n", 1))});");
            using (_code.Open(Invariant($"for (nint column = 0; column < {operation.Computed.Width}; column += 2)")))
            {
                _code.Line($"Floats g = Simd.Interleave({KernelWriter.Load("gradient")}, {KernelWriter.Load("gradient", gradient.PixelStride)});");
                _code.Rows(offsets.Select((offset, p) => Invariant(
                    $"a{p} = {KernelWriter.MultiplyAdd(Invariant($"Simd.BroadcastPair(ref input, {offset})"), "g", Invariant($"a{p}"))};")));
                kernel.Advance(("input", 2), ("gradient", 2 * gradient.PixelStride));
            }
        }

        int filters = operation.Filters.Count;
        _code.Rows(offsets.Select((_, p) =>
            kernel.Stored(Invariant($"Simd.EvenLanes(a{p} + Simd.SwapPairs(a{p}))"), "target", p * filters, filters, adds: true)));
    }

    private void Declare(int rows, ColumnGroup group, Func<int, int, string> start) => _code.Rows(
        OfTile(rows, group, (p, v) => Invariant($"a{p}_{v} = {start(p, v)}")), "Floats ", ", ", ";");

    private void Term(int[] offsets, ColumnGroup group)
    {
        IEnumerable<string> gradients = Enumerable.Range(0, group.Vectors).Select(v => Invariant($"g{v} = {KernelWriter.Load("gradient", v * kernel.Lanes)}"));
        _code.Rows([[.. gradients, .. group.Vectors > 1 ? ["value"] : Array.Empty<string>()]], "Floats ", ", ", ";");
        _code.Rows(offsets.Select((offset, p) =>
            KernelWriter.Products(KernelWriter.Broadcast("input", offset), group.Vectors, "g", v => Invariant($"a{p}_{v}")).ToArray()));
    }

    private void StoreTile(int rows, ColumnGroup group) => _code.Rows(OfTile(
        rows, group, (p, v) => kernel.Stored(Invariant($"a{p}_{v}"), "target", (p * group.PanelWidth) + (v * kernel.Lanes), kernel.LanesOf(group, v))));

    /// <summary>A text for each vector of a tile, row by row.</summary>
    private static IEnumerable<string[]> OfTile(int rows, ColumnGroup group, Func<int, int, string> text) =>
        Enumerable.Range(0, rows).Select(p => Enumerable.Range(0, group.Vectors).Select(v => text(p, v)).ToArray());
}
