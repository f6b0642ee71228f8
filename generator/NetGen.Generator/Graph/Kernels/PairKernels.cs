using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Convolutions of images with one channel and few filters: a vector holds two neighbouring positions, in its even and its odd lanes. One load
/// takes two consecutive values of the input, one for each position; each weight is in two lanes.
/// </summary>
internal sealed class PairKernels(KernelWriter kernel, ConvolutionKernels convolutions)
{
    private readonly CodeWriter _code = kernel.Code;

    /// <summary>Writes the body of the kernel.</summary>
    public void Write(ConvolutionShape conv)
    {
        int pool = conv.Epilogue.Pool;
        PositionGrid grid = ConvolutionTiling.Grid(conv, ConvolutionAlgorithm.Pairs, kernel.Width);
        (int rows, int columns, _) = RegisterTile.ForPositions(grid, 1, kernel.Width);
        int pixels = 2 / pool;
        _code.Line(Invariant($"// A tile is {rows * pool}×{2 * columns} positions, two of them in a vector."));
        if (conv.Bias)
            _code.Line("Floats start = Simd.Duplicate(Simd.Load(ref bias, 0));");
        using (kernel.Nest(ConvolutionKernels.Rows(conv, grid.Height, rows), KernelWriter.Tiles("column", grid.Width, columns)))
        {
            _code.Line($"ref float source = {KernelWriter.At("x", KernelWriter.Index(("row", pool * conv.InputRowStride), ("column", 2)))};");
            _code.Rows(
                Enumerable.Range(0, rows * pool).Select(row => Enumerable.Range(row * columns, columns)
                    .Select(sum => Invariant($"a{sum} = {(conv.Bias ? "start" : "Simd.Zero")}")).ToArray()),
                "Floats ", ", ", ";");
            Sum(conv, rows * pool, columns, ConvolutionKernels.Lines(conv, rows));
            string unit = KernelWriter.Index(("row", pixels * grid.Width * conv.Columns), ("column", pixels * conv.Columns));
            _code.Together(
            [
                $"ref float target = {KernelWriter.At("y", KernelWriter.Index(("row", conv.OutputRowStride), ("column", pixels * conv.OutputPixelStride)))};",
                .. conv.KeepsArgmax || conv.Epilogue.Mask is not null ? [$"nint unit = {unit};"] : Array.Empty<string>(),
                .. conv.KeepsArgmax ? ["ref float argmaxTarget = ref Unsafe.Add(ref argmaxes, unit);"] : Array.Empty<string>(),
            ]);
            if (pool == 2)
                _code.Line(conv.KeepsArgmax ? "Floats above, below, best, argmax;" : "Floats above, below;");
            Store(conv, rows, columns);
            if (conv.Epilogue.ChangesStored)
                convolutions.FinishTile(conv, new ColumnGroup(0, 1, conv.Columns, 0, 1, 1, conv.Columns), rows, pixels * columns, pixels * grid.Width);
        }
    }

    /// <summary>Emits the sums: a line of the filters stays in registers, and each input column is loaded once, as in other convolutions of one channel.</summary>
    private void Sum(ConvolutionShape conv, int rows, int columns, string lineLoop)
    {
        using (conv.KernelHeight > 1 ? _code.Open(lineLoop) : _code.Open())
        {
            string line = conv.KernelHeight > 1 ? "line" : "0";
            string input = KernelWriter.At("source", KernelWriter.Index((line, conv.InputLineStride)));
            string weight = KernelWriter.At("w", KernelWriter.Index((line, conv.LineLength * conv.Columns)));
            _code.Together($"ref float input = {input};", $"ref float weight = {weight};");
            IEnumerable<string[]> weights = Enumerable.Range(0, conv.KernelWidth)
                .Select(k => new[] { Invariant($"w{k} = Simd.Duplicate({KernelWriter.Load("weight", k * conv.Columns)})") });
            _code.Rows([.. weights, ["values"]], "Floats ", ", ", ";");
            _code.Rows(Interleaved(conv, rows, columns).Select(part => Products(part.Row, part.Column, part.KernelColumns).ToArray()));
        }

        IEnumerable<string> Products(int row, int x, int[] kernelColumns)
        {
            yield return Invariant($"values = Simd.BroadcastPair(ref input, {(row * conv.InputRowStride) + x});");
            foreach (int k in kernelColumns)
            {
                string sum = Invariant($"a{(row * columns) + ((x - k) / 2)}");
                yield return $"{sum} = {KernelWriter.MultiplyAdd("values", Invariant($"w{k}"), sum)};";
            }
        }
    }

    /// <summary>
    /// The columns of the input in an order in which consecutive multiply-adds go to different sums: each row is split into strands, and the
    /// strands take turns, one column each. The terms of every sum are still added in ascending order.
    /// </summary>
    private IEnumerable<(int Row, int Column, int[] KernelColumns)> Interleaved(ConvolutionShape conv, int rows, int columns)
    {
        int shared = conv.KernelWidth - 2;
        int strands = ConvolutionTiling.PairStrands(conv, rows, columns, kernel.Width);
        int part = (columns + strands - 1) / strands;
        for (int step = 0; step < (2 * part) + shared; step++)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int strand = 0; strand < strands; strand++)
                {
                    int first = strand * part;
                    int length = Math.Min(part, columns - first);
                    int x = (2 * first) + step;
                    int[] meeting =
                    [
                        .. Enumerable.Range(0, conv.KernelWidth)
                            .Where(k => step >= k && (step - k) % 2 == 0 && (step - k) / 2 < length),
                    ];
                    if (meeting.Length > 0)
                        yield return (row, x, meeting);
                }
            }
        }
    }

    private void Store(ConvolutionShape conv, int rows, int columns)
    {
        FunctionPlace place = OperandAccess.Place(conv.Operands, operand => KernelWriter.Load(operand.Name));
        (int Row, int Column)[] positions = [.. from row in Enumerable.Range(0, rows) from column in Enumerable.Range(0, columns) select (row, column)];
        if (conv.Epilogue.Pool == 1)
        {
            _code.Rows(positions.Select(position =>
            {
                string sum = Invariant($"a{(position.Row * columns) + position.Column}");
                return new[] { Stored(position, sum), Stored(position, $"Simd.SwapPairs({sum})", conv.OutputPixelStride) };
            }));
            return;
        }

        foreach ((int row, int column) in positions)
        {
            string[] window = ["above", "Simd.SwapPairs(above)", "below", "Simd.SwapPairs(below)"];
            _code.Together(Invariant($"above = a{(2 * row * columns) + column};"), Invariant($"below = a{(((2 * row) + 1) * columns) + column};"));
            if (!conv.KeepsArgmax)
            {
                _code.Statement(Stored((row, column), $"Simd.Max4({string.Join(", ", window)})"));
                continue;
            }

            string chosen = kernel.Stored("Simd.EvenLanes(argmax)", "argmaxTarget", ((row * conv.Width / 2) + column) * conv.Columns, conv.Columns);
            _code.Rows([.. ConvolutionKernels.PickMaximum(window), [chosen, Stored((row, column), "best")]]);
        }

        string Stored((int Row, int Column) position, string value, int shift = 0)
        {
            int pixels = 2 / conv.Epilogue.Pool;
            int offset = (position.Row * conv.OutputRowStride) + (position.Column * pixels * conv.OutputPixelStride) + shift;
            return kernel.Stored(conv.Epilogue.ApplyInTile($"Simd.EvenLanes({value})", place), "target", offset, conv.Columns);
        }
    }
}
