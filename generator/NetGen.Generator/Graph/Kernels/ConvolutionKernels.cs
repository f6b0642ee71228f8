using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>Emits convolutions of one sample: forward, and the gradient with respect to the input.</summary>
internal sealed class ConvolutionKernels(KernelWriter kernel)
{
    private readonly CodeWriter _code = kernel.Code;
    private readonly ProductTile _tile = new(kernel);

    /// <summary>A convolution of one sample.</summary>
    public void Write(Kernel method, ConvolutionShape conv)
    {
        ConvolutionAlgorithm algorithm = ConvolutionTiling.Choose(conv, kernel.Width);
        using (kernel.Method(method))
        {
            if (ConvolutionTiling.Reason(algorithm) is { } reason)
                _code.Line("// " + reason);
            using (kernel.Groups(conv.Groups))
            {
                WriteGroup(conv, algorithm);
                if (conv.Groups > 1)
                    NextGroup(conv);
            }
        }
    }

    /// <summary>A convolution without groups, or one of its groups.</summary>
    private void WriteGroup(ConvolutionShape conv, ConvolutionAlgorithm algorithm)
    {
        switch (algorithm)
        {
            case ConvolutionAlgorithm.Direct or ConvolutionAlgorithm.HeldLine or ConvolutionAlgorithm.Depthwise:
                PositionGrid grid = ConvolutionTiling.Grid(conv, algorithm, kernel.Width);
                int vectors = conv.IsDepthwise ? 1 : RegisterTile.VectorsForPositions(grid, kernel.Width);
                int narrow = NarrowColumns.Count(conv, kernel.Width);
                ColumnGroup[] groups = [.. RegisterTile.Groups(conv.Columns, kernel.Width, vectors, narrow)];
                foreach (ColumnGroup group in groups)
                {
                    if (narrow > 0 && group.FirstColumn == conv.Columns - narrow)
                        NarrowGroup(conv, grid, group, alone: groups.Length == 1);
                    else
                        ConvolutionGroup(conv, algorithm, grid, group, alone: groups.Length == 1);
                }

                break;
            case ConvolutionAlgorithm.Pairs:
                new PairKernels(kernel, this).Write(conv);
                break;
            case ConvolutionAlgorithm.Dots:
                new FilterDotKernels(kernel).Write(conv);
                break;
            case ConvolutionAlgorithm.Repeated:
                new RepeatedInputKernels(kernel, this).Write(conv, RepeatedInputs.Rows(conv, kernel.Width)!.Value);
                break;
            case ConvolutionAlgorithm.Winograd:
                new WinogradKernels(kernel, this).Write(conv, WinogradTiling.Choose(conv, kernel.Width)!);
                break;
            default:
                throw new InvalidOperationException($"No code is known for the algorithm {algorithm}.");
        }
    }

    /// <summary>Moves on to the next group: its channels of the input and of the output, and its weights.</summary>
    private void NextGroup(ConvolutionShape conv) => kernel.Advance(
    [
        ("x", conv.Channels),
        ("w", conv.Terms * conv.Columns),
        .. conv.Bias ? [("bias", conv.Columns)] : Array.Empty<(string, int)>(),
        ("y", conv.Columns),
        .. conv.Operands.Select(operand => (operand.Name, conv.Columns)),
    ]);

    private void ConvolutionGroup(ConvolutionShape conv, ConvolutionAlgorithm algorithm, PositionGrid grid, ColumnGroup group, bool alone)
    {
        int pool = conv.Epilogue.Pool;
        (int rows, int columns, _) = RegisterTile.ForPositions(grid, group.Vectors, kernel.Width);
        _code.Gap();
        _code.Line($"// Columns from {Invariant($"{group.FirstColumn}")}: a tile is {(conv.Height == 1 ? Invariant($"{columns}") : Invariant($"{rows * pool}×{columns * pool}"))} positions by {KernelWriter.Count(group.Vectors, "vector")}.");
        using (kernel.Columns(group, conv.WeightRows, "w", alone, conv.SharesFilters))
        {
            if (conv.Bias)
                _tile.Biases(group);
            using (kernel.Nest(Rows(conv, grid.Height, rows), KernelWriter.Tiles("column", grid.Width, columns)))
                ConvolutionTile(conv, algorithm, grid, group, rows, columns);
        }
    }

    /// <summary>The last columns, which fill a part of a vector, with terms in the lanes.</summary>
    private void NarrowGroup(ConvolutionShape conv, PositionGrid grid, ColumnGroup group, bool alone)
    {
        int pool = conv.Epilogue.Pool;
        NarrowColumnKernels sums = new(kernel);
        (int rows, int columns) = RegisterTile.ForNarrowColumns(grid);
        _code.Gap();
        _code.Line(Invariant($"// Columns from {group.FirstColumn}: they fill a part of a vector, so the lanes hold terms. A tile is {rows * pool}×{columns * pool} positions."));
        using (alone ? default : _code.Open())
        {
            _code.Line(Invariant($"const int n = {group.FirstColumn};"));
            if (conv.Bias)
                _tile.Biases(group);
            sums.Memory();
            using (kernel.Nest(Rows(conv, grid.Height, rows), KernelWriter.Tiles("column", grid.Width, columns)))
            {
                Source(conv);
                sums.Sum(conv, group, Offsets(conv, rows, columns), Lines(conv, rows));
                Best(conv);
                Store(conv, grid.Width, group, rows, columns, pool);
            }
        }
    }

    private void ConvolutionTile(ConvolutionShape conv, ConvolutionAlgorithm algorithm, PositionGrid grid, ColumnGroup group, int rows, int columns)
    {
        int pool = conv.Epilogue.Pool;
        TilePosition[] positions = [.. Offsets(conv, rows, columns).Select(offset => new TilePosition(offset))];
        Source(conv);
        _tile.Accumulators(positions.Length, group.Vectors, 1, conv.Bias);
        Best(conv);
        if (algorithm == ConvolutionAlgorithm.Depthwise)
            new DepthwiseKernels(kernel).Sum(conv, group, rows * pool, columns * pool, Lines(conv, rows));
        else if (algorithm == ConvolutionAlgorithm.HeldLine)
            SumByLine(conv, group, rows * pool, columns * pool, Lines(conv, rows));
        else
            _tile.Sum(positions, group, conv.KernelHeight, conv.InputLineStride, conv.Runs(rows * pool, columns * pool), 1, ConvolutionTiling.MaxUnrolledTerms, Lines(conv, rows));
        Store(conv, grid.Width, group, rows, columns, pool);
    }

    /// <summary>The offsets of a tile's positions in the input.</summary>
    private static int[] Offsets(ConvolutionShape conv, int rows, int columns) =>
    [
        .. from row in Enumerable.Range(0, rows * conv.Epilogue.Pool)
           from column in Enumerable.Range(0, columns * conv.Epilogue.Pool)
           select (row * conv.InputRowStride) + (column * conv.InputPixelStride),
    ];

    /// <summary>Declares the first input of a tile.</summary>
    private void Source(ConvolutionShape conv)
    {
        int pool = conv.Epilogue.Pool;
        string source = KernelWriter.Index(("row", pool * conv.InputRowStride), ("column", pool * conv.InputPixelStride), ("n", conv.IsDepthwise ? 1 : 0));
        _code.Line($"ref float source = {KernelWriter.At("x", source)};");
    }

    /// <summary>Declares the variables for the maximum of a window.</summary>
    private void Best(ConvolutionShape conv)
    {
        if (conv.Epilogue.Pool > 1 && conv.KeepsArgmax)
            _code.Line(conv.Epilogue.Pool == 2 ? "Floats best, argmax;" : "Floats best, argmax, larger;");
    }

    /// <summary>Stores a tile, and applies to it what is applied to stored values.</summary>
    private void Store(ConvolutionShape conv, int width, ColumnGroup group, int rows, int columns, int windowRows)
    {
        string unit = KernelWriter.Index(
            ("row", width * conv.OutputChannels), ("column", conv.OutputChannels), ("group", conv.Groups > 1 ? conv.Columns : 0), ("n", 1));
        _code.Together(
        [
            $"ref float target = {KernelWriter.At("y", KernelWriter.Index(("row", conv.OutputRowStride), ("column", conv.OutputPixelStride), ("n", 1)))};",
            .. conv.KeepsArgmax || conv.Epilogue.Mask is not null ? [$"nint unit = {unit};"] : Array.Empty<string>(),
            .. conv.KeepsArgmax ? ["ref float argmaxTarget = ref Unsafe.Add(ref argmaxes, unit);"] : Array.Empty<string>(),
            .. conv.Operands.Select(operand =>
                $"ref float {operand.Name}Target = {KernelWriter.At(operand.Name, KernelWriter.Index(("row", operand.Layout.RowStride), ("column", operand.Layout.PixelStride), ("n", 1)))};"),
        ]);
        StoreTile(conv, group, rows, columns, width, windowRows);
        if (conv.Epilogue.ChangesStored)
            FinishTile(conv, group, rows, columns, width);
    }

    /// <summary>Stores one row of positions, after pooling, of which <c>row</c> and <c>column</c> are the first one's place.</summary>
    /// <param name="conv">The convolution.</param>
    /// <param name="group">The columns.</param>
    /// <param name="columns">The positions.</param>
    /// <param name="windowRows">The rows of a pooling window: those that it has, or 1 where their maxima were taken before.</param>
    public void StoreRow(ConvolutionShape conv, ColumnGroup group, int columns, int windowRows)
    {
        Best(conv);
        Store(conv, conv.Width / conv.Epilogue.Pool, group, 1, columns, windowRows);
    }

    /// <summary>The loop over all rows, or over those of one thread. Tiles divide the rows of every thread but the last one exactly.</summary>
    public static NestedLoop Rows(ConvolutionShape conv, int height, int rows, string variable = "row") => conv.PartRows == 0
        ? KernelWriter.Tiles(variable, height, rows)
        : KernelWriter.Shifted(variable, "rowBegin", "rowEnd", height, rows);

    /// <summary>
    /// Applies long functions and dropout to a stored tile, which is still in the L1 cache. Before the store they would need so many more registers
    /// that the sums would spill.
    /// </summary>
    public void FinishTile(ConvolutionShape conv, ColumnGroup group, int rows, int columns, int width)
    {
        using (kernel.Nest(KernelWriter.Each("i", rows), KernelWriter.Each("j", columns)))
        {
            _code.Together(
            [
                $"ref float pixel = ref Unsafe.Add(ref target, {KernelWriter.Index(("i", conv.OutputRowStride), ("j", conv.OutputPixelStride))});",
                .. conv.Epilogue.Mask is null ? Array.Empty<string>()
                    : [$"nint pixelUnit = unit + {KernelWriter.Index(("i", width * conv.OutputChannels), ("j", conv.OutputChannels))};"],
            ]);
            _tile.Finish(conv.Epilogue, group, "pixel", "pixelUnit");
        }
    }

    /// <summary>
    /// Emits the loop over the kernel's lines. It skips lines that would multiply only the halo above or below the image; in the gradient with
    /// respect to a small image these are a large part.
    /// </summary>
    public static string Lines(ConvolutionShape conv, int rows)
    {
        int step = conv.RowStep * conv.Epilogue.Pool;
        int last = (step * rows) - conv.RowStep;
        string first = step == 1 ? "row" : Invariant($"({step} * row)");
        string begin = conv.Halo.Top <= last ? "0" : Invariant($"Math.Max(0, {FirstFrom(conv.Halo.Top - last)})");
        string end = conv.Halo.Bottom == 0
            ? Invariant($"{conv.KernelHeight}")
            : Invariant($"Math.Min({conv.KernelHeight}, {FirstFrom(conv.Halo.Top + conv.ImageLines)})");
        return $"for (nint line = {begin}, end = {end}; line < end; line++)";

        // The first line of the kernel that lies at that line of the input or after it, counted from the tile's first one.
        string FirstFrom(int line) => conv.Dilation == 1
            ? Invariant($"{line} - {first}")
            : Invariant($"({line + conv.Dilation - 1} - {first}) / {conv.Dilation}");
    }

    /// <summary>
    /// Emits the sums with a line of the filters in registers. Each input column is loaded once, for all positions that use it. The terms of
    /// every sum are still added in ascending order.
    /// </summary>
    private void SumByLine(ConvolutionShape conv, ColumnGroup group, int rows, int columns, string lineLoop)
    {
        using (conv.KernelHeight > 1 ? _code.Open(lineLoop) : _code.Open())
        {
            string line = conv.KernelHeight > 1 ? "line" : "0";
            string input = KernelWriter.At("source", KernelWriter.Index((line, conv.InputLineStride)));
            string weight = KernelWriter.At("weights", KernelWriter.Index((line, conv.LineLength * group.PanelWidth)));
            _code.Together($"ref float input = {input};", $"ref float weight = {weight};");
            IEnumerable<string[]> weights = Enumerable.Range(0, conv.KernelWidth).Select(k => Enumerable.Range(0, group.Vectors)
                .Select(v => Invariant($"w{k}_{v} = {KernelWriter.Load("weight", (k * group.PanelWidth) + (v * kernel.Lanes))}")).ToArray());
            _code.Rows([.. weights, ["value"]], "Floats ", ", ", ";");
            _code.Rows(
                from row in Enumerable.Range(0, rows)
                from pixel in conv.InputColumns(columns)
                select Products(row, pixel.Column, pixel.KernelColumns).ToArray());
        }

        IEnumerable<string> Products(int row, int x, int[] kernelColumns)
        {
            yield return $"value = {KernelWriter.Broadcast("input", (row * conv.InputRowStride) + x)};";
            foreach (int k in kernelColumns)
            {
                for (int v = 0; v < group.Vectors; v++)
                {
                    string sum = Invariant($"a{(row * columns) + ((x - k) / conv.Step)}_{v}");
                    yield return $"{sum} = {KernelWriter.MultiplyAdd("value", Invariant($"w{k}_{v}"), sum)};";
                }
            }
        }
    }

    /// <summary>Emits the stores of a tile: a line of code for each position.</summary>
    private void StoreTile(ConvolutionShape conv, ColumnGroup group, int rows, int columns, int width, int windowRows)
    {
        (int Row, int Column)[] positions = [.. from row in Enumerable.Range(0, rows) from column in Enumerable.Range(0, columns) select (row, column)];
        if (!conv.KeepsArgmax)
        {
            _code.Rows(positions.Select(position => Enumerable.Range(0, group.Vectors).Select(v => Stored(position, v, Maximum(Window(position, v)))).ToArray()));
            return;
        }

        foreach ((int row, int column) in positions)
        {
            for (int v = 0; v < group.Vectors; v++)
            {
                int unit = (((row * width) + column) * conv.OutputChannels) + (v * kernel.Lanes);
                string chosen = kernel.Stored("argmax", "argmaxTarget", unit, kernel.LanesOf(group, v));
                _code.Rows([.. PickMaximum(Window((row, column), v)), [chosen, Stored((row, column), v, "best")]]);
            }
        }

        string[] Window((int Row, int Column) position, int v)
        {
            int pool = conv.Epilogue.Pool;
            return
            [
                .. from row in Enumerable.Range(position.Row * windowRows, windowRows)
                   from column in Enumerable.Range(position.Column * pool, pool)
                   select Invariant($"a{(row * columns * pool) + column}_{v}"),
            ];
        }

        string Stored((int Row, int Column) position, int v, string value)
        {
            int lane = v * kernel.Lanes;
            FunctionPlace place = OperandAccess.Place(conv.Operands, operand => KernelWriter.Load(
                operand.Name + "Target", (position.Row * operand.Layout.RowStride) + (position.Column * operand.Layout.PixelStride) + lane));
            int offset = (position.Row * conv.OutputRowStride) + (position.Column * conv.OutputPixelStride) + lane;
            return kernel.Stored(conv.Epilogue.ApplyInTile(value, place), "target", offset, kernel.LanesOf(group, v), conv.Adds);
        }
    }

    private static string Maximum(string[] window) => window.Length == 4
        ? $"Simd.Max4({string.Join(", ", window)})"
        : window.Aggregate((left, right) => $"Simd.Max({left}, {right})");

    /// <summary>Statements that set <c>best</c> to the maximum of a window and <c>argmax</c> to its index, row by row.</summary>
    public static IEnumerable<string[]> PickMaximum(string[] window) => window.Length == 4
        ? [[$"argmax = Simd.ArgMax4({string.Join(", ", window)}, out best);"]]
        :
        [
            [$"best = {window[0]};", "argmax = Simd.Zero;"],
            .. window.Select((value, i) => new[]
            {
                $"larger = Simd.GreaterOrNaN({value}, best);",
                $"best = Simd.Select(larger, {value}, best);",
                Invariant($"argmax = Simd.Select(larger, Simd.Splat({i}f), argmax);"),
            }).Skip(1),
        ];
}
