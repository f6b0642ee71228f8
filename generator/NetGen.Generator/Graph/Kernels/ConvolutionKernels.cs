using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static System.FormattableString;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>Convolutions of one sample, forward and backward to the input.</summary>
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
            switch (algorithm)
            {
                case ConvolutionAlgorithm.Direct or ConvolutionAlgorithm.HeldLine:
                    PositionGrid grid = ConvolutionTiling.Grid(conv, algorithm);
                    foreach (ColumnGroup group in RegisterTile.Groups(conv.Columns, kernel.Width, RegisterTile.VectorsForPositions(grid, kernel.Width)))
                        ConvolutionGroup(conv, algorithm, grid, group);
                    break;
                case ConvolutionAlgorithm.Pairs:
                    new PairKernels(kernel, this).Write(conv);
                    break;
                case ConvolutionAlgorithm.Dots:
                    new FilterDotKernels(kernel).Write(conv);
                    break;
                default:
                    throw new InvalidOperationException($"No code is known for the algorithm {algorithm}.");
            }
        }
    }

    private void ConvolutionGroup(ConvolutionShape conv, ConvolutionAlgorithm algorithm, PositionGrid grid, ColumnGroup group)
    {
        int pool = conv.Epilogue.Pool;
        (int rows, int columns, _) = RegisterTile.ForPositions(grid, group.Vectors, kernel.Width);
        int[] positions =
        [
            .. from row in Enumerable.Range(0, rows * pool)
               from column in Enumerable.Range(0, columns * pool)
               select (row * conv.InputRowStride) + (column * conv.InputPixelStride),
        ];

        _code.Gap();
        _code.Line(Invariant($"// Columns from {(group.FirstPanel * RegisterTile.PanelWidth) + group.FirstLane}: a tile is {rows * pool}×{columns * pool} positions by {group.Vectors} {(group.Vectors == 1 ? "vector" : "vectors")}."));
        using (_tile.OpenPanels(group, conv.Rows, conv.Bias))
        using (Rows(conv, grid.Height, rows))
        using (kernel.Tiles("column", grid.Width, columns))
        {
            _code.Line($"ref float source = {KernelWriter.At("x", KernelWriter.Index(("row", pool * conv.InputRowStride), ("column", pool * conv.InputPixelStride)))};");
            _tile.Accumulators(positions.Length, group.Vectors, 1, conv.Bias);
            if (pool > 1 && conv.KeepsIndex)
                _code.Line("Floats best, place, wins;");
            if (algorithm == ConvolutionAlgorithm.HeldLine)
                SumByLine(conv, group, rows * pool, columns * pool, Lines(conv, rows));
            else
                _tile.Sum(positions, group, conv.KernelHeight, conv.InputLineStride, conv.Runs(rows * pool, columns * pool), 1, ConvolutionTiling.MaxWrittenTerms, Lines(conv, rows));
            _code.Line($"ref float target = {KernelWriter.At("y", KernelWriter.Index(("row", conv.OutputRowStride), ("column", conv.OutputPixelStride), ("n", 1)))};");
            if (conv.KeepsIndex || conv.Epilogue.Mask is not null)
                _code.Line($"nint unit = {KernelWriter.Index(("row", grid.Width * conv.Columns), ("column", conv.Columns), ("n", 1))};");
            if (conv.KeepsIndex)
                _code.Line("ref float chosen = ref Unsafe.Add(ref index, unit);");
            foreach (OperandAccess operand in conv.Operands)
                _code.Line($"ref float {operand.Name}Target = {KernelWriter.At(operand.Name, KernelWriter.Index(("row", operand.Layout.RowStride), ("column", operand.Layout.PixelStride), ("n", 1)))};");
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                    StorePosition(conv, group, row, column, columns * pool, grid.Width);
            }

            if (conv.Epilogue.Mask is not null)
                DropTile(conv, group, rows, columns, grid.Width);
        }
    }

    /// <summary>Opens the loop over the rows, all or one thread's, whose number the tiles divide but for the last thread's.</summary>
    public CodeWriter.Block Rows(ConvolutionShape conv, int height, int rows)
    {
        if (conv.Sharing is null)
            return kernel.Tiles("row", height, rows);
        CodeWriter.Block block = _code.Open(Invariant($"for (nint rowTile = rowBegin; rowTile < rowEnd; rowTile += {rows})"));
        _code.Line(Invariant($"nint row = Math.Min(rowTile, {height - rows});"));
        return block;
    }

    /// <summary>
    /// Dropout of a finished tile, which is still in the first-level cache. In the registers it would need so many more that the
    /// sums above would spill.
    /// </summary>
    public void DropTile(ConvolutionShape conv, ColumnGroup group, int rows, int columns, int width)
    {
        using (kernel.Loop("i", rows, 1))
        using (kernel.Loop("j", columns, 1))
        {
            _code.Line($"ref float pixel = ref Unsafe.Add(ref target, {KernelWriter.Index(("i", conv.OutputRowStride), ("j", conv.OutputPixelStride))});");
            _code.Line($"nint pixelUnit = unit + {KernelWriter.Index(("i", width * conv.Columns), ("j", conv.Columns))};");
            _tile.Drop(conv.Epilogue, group, "pixel", "pixelUnit");
        }
    }

    /// <summary>
    /// The loop over the kernel's lines. Lines that meet only the halo above or below the image add nothing and are left out; in
    /// the gradient with respect to a small image they are a large part.
    /// </summary>
    public static string Lines(ConvolutionShape conv, int rows)
    {
        int step = conv.InputRowStride / conv.InputLineStride * conv.Epilogue.Pool;
        int last = (step * rows) - (conv.InputRowStride / conv.InputLineStride);
        string first = step == 1 ? "row" : Invariant($"({step} * row)");
        string begin = conv.Halo.Top <= last ? "0" : Invariant($"Math.Max(0, {conv.Halo.Top - last} - {first})");
        string end = conv.Halo.Bottom == 0
            ? Invariant($"{conv.KernelHeight}")
            : Invariant($"Math.Min({conv.KernelHeight}, {conv.Halo.Top + conv.ImageLines} - {first})");
        return $"for (nint line = {begin}, end = {end}; line < end; line++)";
    }

    /// <summary>
    /// The sum with a line of the kernel in registers: input columns go by, and each is loaded once for all positions that it belongs
    /// to. Every position still meets its terms in ascending order.
    /// </summary>
    private void SumByLine(ConvolutionShape conv, ColumnGroup group, int rows, int columns, string lineLoop)
    {
        using (conv.KernelHeight > 1 ? _code.Open(lineLoop) : _code.Open())
        {
            string line = conv.KernelHeight > 1 ? "line" : "0";
            _code.Line($"ref float input = {KernelWriter.At("source", KernelWriter.Index((line, conv.InputLineStride)))};");
            _code.Line($"ref float weight = {KernelWriter.At("weights", KernelWriter.Index((line, conv.Span * group.PanelWidth)))};");
            for (int k = 0; k < conv.KernelWidth; k++)
            {
                for (int v = 0; v < group.Vectors; v++)
                    _code.Line(Invariant($"Floats w{k}_{v} = {KernelWriter.Load("weight", (k * group.PanelWidth) + (v * kernel.Lanes))};"));
            }

            _code.Line("Floats value;");
            for (int row = 0; row < rows; row++)
            {
                foreach ((int x, int[] kernelColumns) in conv.InputColumns(columns))
                {
                    _code.Line($"value = {KernelWriter.Broadcast("input", (row * conv.InputRowStride) + x)};");
                    foreach (int k in kernelColumns)
                    {
                        for (int v = 0; v < group.Vectors; v++)
                        {
                            string sum = Invariant($"a{(row * columns) + ((x - k) / conv.Step)}_{v}");
                            _code.Line($"{sum} = {KernelWriter.MultiplyAdd("value", Invariant($"w{k}_{v}"), sum)};");
                        }
                    }
                }
            }
        }
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
                value = window.Length == 4
                    ? $"Simd.Max4({string.Join(", ", window)})"
                    : window.Aggregate((left, right) => $"Simd.Max({left}, {right})");
            }

            kernel.Store(
                conv.Epilogue.Apply(value, OperandAccess.Place(conv.Operands, operand => KernelWriter.Load(
                    operand.Name + "Target", (row * operand.Layout.RowStride) + (column * operand.Layout.PixelStride) + lane))),
                "target",
                (row * conv.OutputRowStride) + (column * conv.OutputPixelStride) + lane,
                lanes,
                conv.Adds);
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
}
