using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Emits what depthwise convolutions have of their own: the sums of a tile, forward and for the gradient with respect to the input, and the
/// gradient with respect to the weights. The lanes of a vector hold channels, and a weight multiplies only inputs of its own channel.
/// </summary>
internal sealed class DepthwiseKernels(KernelWriter kernel)
{
    private readonly CodeWriter _code = kernel.Code;

    /// <summary>Emits the sums of a tile. The terms of every sum are added in ascending order.</summary>
    /// <param name="conv">The convolution.</param>
    /// <param name="group">The channels, one vector of them.</param>
    /// <param name="rows">Rows of the tile, before pooling.</param>
    /// <param name="columns">Columns of the tile, before pooling.</param>
    /// <param name="lineLoop">The head of the loop over the lines of the kernel.</param>
    public void Sum(ConvolutionShape conv, ColumnGroup group, int rows, int columns, string lineLoop)
    {
        using (conv.KernelHeight > 1 ? _code.Open(lineLoop) : _code.Open())
        {
            int lineLength = (conv.Flipped?.Filter.Width ?? conv.KernelWidth) * group.PanelWidth;
            string line = conv.KernelHeight > 1 ? "line" : "0";
            string weightLine = conv.Flipped is { Rows: var rowsOfFilter }
                ? KernelWriter.Index((conv.KernelHeight > 1 ? Invariant($"({conv.KernelHeight - 1} - line)") : "0", rowsOfFilter.LineStep * lineLength), ("", rowsOfFilter.FirstLine * lineLength))
                : KernelWriter.Index((line, lineLength));
            _code.Line($"ref float input = {KernelWriter.At("source", KernelWriter.Index((line, conv.InputLineStride)))};");
            _code.Line($"ref float weight = {KernelWriter.At("weights", weightLine)};");
            if (ConvolutionTiling.HoldsTaps(conv, kernel.Width))
                HeldLine(conv, group, rows, columns);
            else
                TapByTap(conv, group, rows, columns);
        }
    }

    /// <summary>A line of the filters is in registers, and each input is loaded once, for all positions that use it.</summary>
    private void HeldLine(ConvolutionShape conv, ColumnGroup group, int rows, int columns)
    {
        IEnumerable<string> weights = Enumerable.Range(0, conv.KernelWidth)
            .Select(k => Invariant($"w{k} = {KernelWriter.Load("weight", Tap(conv, k) * group.PanelWidth)}"));
        _code.Rows([.. weights.Select(weight => new[] { weight }), ["value"]], "Floats ", ", ", ";");
        _code.Rows(
            from row in Enumerable.Range(0, rows)
            from pixel in conv.InputColumns(columns)
            select Products(row, pixel.Column, pixel.KernelColumns).ToArray());

        IEnumerable<string> Products(int row, int x, int[] kernelColumns)
        {
            yield return $"value = {KernelWriter.Load("input", (row * conv.InputRowStride) + (x * conv.InputChannels))};";
            foreach (int k in kernelColumns)
            {
                string sum = Invariant($"a{(row * columns) + ((x - (k * conv.Dilation)) / conv.Step)}_0");
                yield return $"{sum} = {KernelWriter.MultiplyAdd("value", Invariant($"w{k}"), sum)};";
            }
        }
    }

    /// <summary>For wide kernels: one column of the kernel after the other.</summary>
    private void TapByTap(ConvolutionShape conv, ColumnGroup group, int rows, int columns)
    {
        if (Tap(conv, 0) > 0)
            _code.Line(Invariant($"weight = ref Unsafe.Add(ref weight, {Tap(conv, 0) * group.PanelWidth});"));
        using (_code.Open(Invariant($"for (nint tap = 0; tap < {conv.KernelWidth}; tap++)")))
        {
            _code.Line($"Floats w0 = {KernelWriter.Load("weight")};");
            _code.Rows(
                from row in Enumerable.Range(0, rows)
                from column in Enumerable.Range(0, columns)
                let sum = Invariant($"a{(row * columns) + column}_0")
                let input = KernelWriter.Load("input", (row * conv.InputRowStride) + (column * conv.InputPixelStride))
                select $"{sum} = {KernelWriter.MultiplyAdd(input, "w0", sum)};");
            kernel.Advance(("input", conv.TapStride), ("weight", (Tap(conv, 1) - Tap(conv, 0)) * group.PanelWidth));
        }
    }

    /// <summary>The column of the kernel that multiplies the k-th input.</summary>
    private static int Tap(ConvolutionShape conv, int k) => conv.Flipped?.Column(k) ?? k;

    /// <summary>
    /// Emits the gradient with respect to the weights of one sample; it adds to the gradient. The sums of several weights of a filter stay in
    /// registers while all positions are added.
    /// </summary>
    public void WeightGradient(Kernel method, ConvolutionOperation operation)
    {
        using (kernel.Method(method))
        {
            ColumnGroup[] groups = [.. RegisterTile.Groups(operation.Filters.Count, kernel.Width, 1)];
            foreach (ColumnGroup group in groups)
            {
                _code.Gap();
                using (kernel.Columns(group, operation.Terms, "dw", alone: groups.Length == 1))
                    WeightGradient(operation, group);
            }
        }
    }

    private void WeightGradient(ConvolutionOperation operation, ColumnGroup group)
    {
        (int height, int width) = (operation.Filters.Height, operation.Filters.Width);
        int lines = Math.Max(1, Math.Min(height, kernel.Width.Accumulators / width));
        int taps = lines > 1 ? width : RegisterTile.ForRun(width, 1, kernel.Width);
        int whole = height / lines * lines;
        Lines(0, whole, lines);
        if (whole < height)
            Lines(whole, height, height - whole);

        void Lines(int begin, int end, int together)
        {
            using (kernel.Loop("line", begin, end, together, alone: whole == height))
            {
                int wholeTaps = width / taps * taps;
                using (kernel.Loop("tap", 0, wholeTaps, taps, alone: wholeTaps == width))
                    Tile(operation, group, together, taps);
                if (wholeTaps < width)
                {
                    using (kernel.Loop("tap", wholeTaps, width, width - wholeTaps))
                        Tile(operation, group, 1, width - wholeTaps);
                }
            }
        }
    }

    private void Tile(ConvolutionOperation operation, ColumnGroup group, int lines, int taps)
    {
        FilterShape filters = operation.Filters;
        BufferLayout image = operation.SourceLayout;
        BufferLayout gradient = operation.GradientLayout;
        (int Input, int Weight)[] sums =
        [
            .. from line in Enumerable.Range(0, lines)
               from tap in Enumerable.Range(0, taps)
               select ((line * filters.Dilation * image.RowStride) + (tap * filters.Dilation * image.PixelStride), (line * filters.Width) + tap),
        ];
        _code.Line($"ref float target = {KernelWriter.At("weights", KernelWriter.Index(("line", filters.Width * group.PanelWidth), ("tap", group.PanelWidth)))};");
        _code.Rows(sums.Select((sum, p) => Invariant($"a{p} = {KernelWriter.Load("target", sum.Weight * group.PanelWidth)}")).Select(text => new[] { text }), "Floats ", ", ", ";");
        using (kernel.Nest(KernelWriter.Each("row", operation.Computed.Height)))
        {
            string input = KernelWriter.Index(
                ("row", filters.Stride * image.RowStride), ("line", filters.Dilation * image.RowStride), ("tap", filters.Dilation * image.PixelStride), ("n", 1));
            _code.Together(
                $"ref float input = {KernelWriter.At("x", input)};",
                $"ref float gradient = {KernelWriter.At("dz", KernelWriter.Index(("row", gradient.RowStride), ("n", 1)))};");
            using (_code.Open(Invariant($"for (nint column = 0; column < {operation.Computed.Width}; column++)")))
            {
                _code.Line($"Floats g = {KernelWriter.Load("gradient")};");
                _code.Rows(sums.Select((sum, p) => $"{Sum(p)} = {KernelWriter.MultiplyAdd(KernelWriter.Load("input", sum.Input), "g", Sum(p))};"));
                kernel.Advance(("input", filters.Stride * image.PixelStride), ("gradient", gradient.PixelStride));
            }
        }

        _code.Rows(sums.Select((sum, p) => kernel.Stored(Sum(p), "target", sum.Weight * group.PanelWidth, kernel.LanesOf(group, 0))));

        static string Sum(int p) => Invariant($"a{p}");
    }
}
