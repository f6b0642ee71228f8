using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static System.FormattableString;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Convolutions of images with one value a pixel and few filters: a vector holds two neighbouring positions, in its even and its odd
/// lanes. Two values of the input that follow one another are loaded for both at once; every weight stands in two lanes.
/// </summary>
internal sealed class PairKernels(KernelWriter kernel, ConvolutionKernels convolutions)
{
    private readonly CodeWriter _code = kernel.Code;

    /// <summary>Writes the body of the kernel.</summary>
    public void Write(ConvolutionShape conv)
    {
        int pool = conv.Epilogue.Pool;
        PositionGrid grid = ConvolutionTiling.Grid(conv, ConvolutionAlgorithm.Pairs);
        (int rows, int columns, _) = RegisterTile.ForPositions(grid, 1, kernel.Width);
        int pixels = 2 / pool;
        _code.Line(Invariant($"// A tile is {rows * pool}×{2 * columns} positions, two of them in a vector."));
        if (conv.Bias)
            _code.Line("Floats start = Simd.TwoOfEach(Simd.Load(ref bias, 0));");
        using (convolutions.Rows(conv, grid.Height, rows))
        using (kernel.Tiles("column", grid.Width, columns))
        {
            _code.Line($"ref float source = {KernelWriter.At("x", KernelWriter.Index(("row", pool * conv.InputRowStride), ("column", 2)))};");
            for (int sum = 0; sum < rows * pool * columns; sum++)
                _code.Line(Invariant($"Floats a{sum} = {(conv.Bias ? "start" : "Simd.Zero")};"));
            Sum(conv, rows * pool, columns, ConvolutionKernels.Lines(conv, rows));
            _code.Line($"ref float target = {KernelWriter.At("y", KernelWriter.Index(("row", conv.OutputRowStride), ("column", pixels * conv.OutputPixelStride)))};");
            if (conv.KeepsIndex || conv.Epilogue.Mask is not null)
                _code.Line($"nint unit = {KernelWriter.Index(("row", pixels * grid.Width * conv.Columns), ("column", pixels * conv.Columns))};");
            if (conv.KeepsIndex)
                _code.Line("ref float chosen = ref Unsafe.Add(ref index, unit);");
            if (pool == 2)
                _code.Line(conv.KeepsIndex ? "Floats above, below, best, place, wins;" : "Floats above, below;");
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                    Store(conv, row, column, columns);
            }

            if (conv.Epilogue.Mask is not null)
                convolutions.DropTile(conv, new ColumnGroup(0, 1, conv.Columns, 0, 1, 1, conv.Columns), rows, pixels * columns, pixels * grid.Width);
        }
    }

    /// <summary>A line of the kernel stays in registers, and columns of the input go by, as in other convolutions of one channel.</summary>
    private void Sum(ConvolutionShape conv, int rows, int columns, string lineLoop)
    {
        using (conv.KernelHeight > 1 ? _code.Open(lineLoop) : _code.Open())
        {
            string line = conv.KernelHeight > 1 ? "line" : "0";
            _code.Line($"ref float input = {KernelWriter.At("source", KernelWriter.Index((line, conv.InputLineStride)))};");
            _code.Line($"ref float weight = {KernelWriter.At("w", KernelWriter.Index((line, conv.Span * conv.Columns)))};");
            for (int k = 0; k < conv.KernelWidth; k++)
                _code.Line(Invariant($"Floats w{k} = Simd.TwoOfEach({KernelWriter.Load("weight", k * conv.Columns)});"));
            _code.Line("Floats values;");
            foreach ((int row, int x, int[] kernelColumns) in Interleaved(conv, rows, columns))
            {
                _code.Line(Invariant($"values = Simd.BroadcastPair(ref input, {(row * conv.InputRowStride) + x});"));
                foreach (int k in kernelColumns)
                {
                    string sum = Invariant($"a{(row * columns) + ((x - k) / 2)}");
                    _code.Line($"{sum} = {KernelWriter.MultiplyAdd("values", Invariant($"w{k}"), sum)};");
                }
            }
        }
    }

    /// <summary>
    /// The columns of the input in an order in which no sum is added to again at once: each row in two strands, of which all go on by
    /// a column in turn. Every sum still meets its terms in ascending order.
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

    private void Store(ConvolutionShape conv, int row, int column, int columns)
    {
        Epilogue epilogue = conv.Epilogue;
        if (conv.Epilogue.Pool == 1)
        {
            string sum = Invariant($"a{(row * columns) + column}");
            int pixel = (row * conv.OutputRowStride) + (2 * column * conv.OutputPixelStride);
            kernel.Store(epilogue.Apply($"Simd.EvenLanes({sum})", default), "target", pixel, conv.Columns);
            kernel.Store(epilogue.Apply($"Simd.EvenLanes(Simd.SwapPairs({sum}))", default), "target", pixel + conv.OutputPixelStride, conv.Columns);
            return;
        }

        int width = conv.Width / 2;
        _code.Line(Invariant($"above = a{(2 * row * columns) + column};"));
        _code.Line(Invariant($"below = a{(((2 * row) + 1) * columns) + column};"));
        string[] window = ["above", "Simd.SwapPairs(above)", "below", "Simd.SwapPairs(below)"];
        string value = $"Simd.Max4({string.Join(", ", window)})";
        if (conv.KeepsIndex)
        {
            ConvolutionKernels.PickMaximum(_code, window);
            kernel.Store("Simd.EvenLanes(place)", "chosen", ((row * width) + column) * conv.Columns, conv.Columns);
            value = "best";
        }

        kernel.Store(
            epilogue.Apply($"Simd.EvenLanes({value})", default),
            "target",
            (row * conv.OutputRowStride) + (column * conv.OutputPixelStride),
            conv.Columns);
    }
}
