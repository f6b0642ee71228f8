using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Emits the gradient with respect to the input of a convolution with few channels. A vector of channels would use at most half of its lanes,
/// so the lanes hold filters: each multiply-add takes a vector of the output's gradient and a vector of the unpacked weights, and the lanes
/// of each sum are added at the end.
/// </summary>
internal sealed class FilterDotKernels(KernelWriter kernel)
{
    /// <summary>How many sums have their lanes added up in one step.</summary>
    private const int Together = 8;

    private readonly CodeWriter _code = kernel.Code;

    /// <summary>Writes the body of the kernel.</summary>
    /// <param name="conv">The gradient as a convolution: its input is the gradient with respect to the output, its columns are the channels.</param>
    public void Write(ConvolutionShape conv)
    {
        int columns = ConvolutionTiling.DotColumns(conv, kernel.Width);
        _code.Line(Invariant($"// A tile is {columns} positions of a row in a channel, with {kernel.Lanes} filters at a time in the lanes."));
        using (kernel.Nest(KernelWriter.Each("row", conv.Height), KernelWriter.Tiles("column", conv.Width, columns), KernelWriter.Each("channel", conv.Columns)))
        {
            _code.Line($"ref float source = {KernelWriter.At("x", KernelWriter.Index(("row", conv.InputRowStride), ("column", conv.InputPixelStride)))};");
            _code.Rows(Enumerable.Range(0, columns).Select(p => new[] { Invariant($"a{p} = Simd.Zero") }), "Floats ", ", ", ";");
            using (_code.Open(ConvolutionKernels.Lines(conv, 1)))
                Line(conv, columns);
            Store(conv, columns);
        }
    }

    /// <summary>
    /// Emits the products of one filter line. The gradients under the tile stay in registers. Each vector of weights is loaded once for all
    /// positions, so consecutive multiply-adds go to different sums. The weights are not flipped, so the kernel is read backwards.
    /// </summary>
    private void Line(ConvolutionShape conv, int columns)
    {
        int panelWidth = Math.Min(conv.Channels, RegisterTile.PanelWidth);
        int weightStride = conv.Columns * panelWidth;
        _code.Together(
            $"ref float input = {KernelWriter.At("source", KernelWriter.Index(("line", conv.InputLineStride)))};",
            Invariant($"ref float weights = ref Unsafe.Add(ref plain, ({conv.KernelWidth * weightStride} * ({conv.KernelHeight - 1} - line)) + ({panelWidth} * channel));"));
        if (conv.Channels == kernel.Lanes)
        {
            Products("0", "0");
            return;
        }

        using (kernel.Loop("filter", conv.Channels, kernel.Lanes))
        {
            Products("filter", conv.Channels <= RegisterTile.PanelWidth
                ? "filter"
                : Invariant($"(filter / {RegisterTile.PanelWidth} * {conv.KernelHeight * conv.KernelWidth * weightStride}) + (filter % {RegisterTile.PanelWidth})"));
        }

        void Products(string filter, string inWeights)
        {
            IReadOnlyList<(int Column, int[] KernelColumns)> inputs = conv.InputColumns(columns);
            IEnumerable<string[]> gradients = inputs.Select(input => new[]
            {
                Invariant($"x{input.Column} = {KernelWriter.Load("input", KernelWriter.Index((filter, 1), ("", input.Column * conv.Channels)))}"),
            });
            _code.Rows([.. gradients, ["weight"]], "Floats ", ", ", ";");
            for (int k = 0; k < conv.KernelWidth; k++)
            {
                int[] meeting = [.. inputs.Where(input => input.KernelColumns.Contains(k)).Select(input => input.Column)];
                if (meeting.Length == 0)
                    continue;
                _code.Line($"weight = {KernelWriter.Load("weights", KernelWriter.Index((inWeights, 1), ("", (conv.KernelWidth - 1 - k) * weightStride)))};");
                _code.Rows(meeting.Select(x => Invariant($"a{x - k} = {KernelWriter.MultiplyAdd(Invariant($"x{x}"), "weight", Invariant($"a{x - k}"))};")));
            }
        }
    }

    /// <summary>Adds up the lanes of the sums, eight at a time; the last eight are shifted back and recompute the overlap.</summary>
    private void Store(ConvolutionShape conv, int columns)
    {
        _code.Line($"ref float target = {KernelWriter.At("y", KernelWriter.Index(("row", conv.OutputRowStride), ("column", conv.OutputPixelStride), ("channel", 1)))};");
        for (int column = 0; column < columns; column += Together)
        {
            int first = Math.Max(0, Math.Min(column, columns - Together));
            string[] sums = [.. Enumerable.Range(first, Math.Min(Together, columns)).Select(p => Invariant($"a{p}"))];
            if (sums.Length == Together)
                _code.Statement(Invariant($"Simd.StoreSums({string.Join(", ", sums)}, ref target, {first * conv.OutputPixelStride}, {conv.OutputPixelStride});"));
            else
                _code.Rows(sums.Select((sum, i) => Invariant($"Unsafe.Add(ref target, {i * conv.OutputPixelStride}) = Simd.Sum({sum});")));
        }
    }
}
