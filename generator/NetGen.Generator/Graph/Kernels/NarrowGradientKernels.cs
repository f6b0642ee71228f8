using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Emits the gradient with respect to the weights of the last filters of a convolution, where they fill only a part of a vector: the lanes hold
/// weights of a line, whose inputs are contiguous, and each gradient of an output multiplies all of them. The sums are added to the weights one by one,
/// because the weights of different filters lie side by side.
/// </summary>
internal sealed class NarrowGradientKernels(KernelWriter kernel)
{
    private readonly CodeWriter _code = kernel.Code;

    /// <summary>Writes the sums of one sample; they are added to the gradient.</summary>
    /// <param name="operation">The convolution.</param>
    /// <param name="group">The filters; their weights begin at <c>weights</c>, their first one is <c>n</c>.</param>
    public void Write(ConvolutionOperation operation, ColumnGroup group)
    {
        IReadOnlyList<int> tiles = NarrowColumns.GradientTiles(group.LastLanes, kernel.Width);
        (int lines, int vectors) = NarrowColumns.GradientVectors(operation.Filters.Height, operation.LineLength, tiles[0], kernel.Width);
        _code.Line(Invariant($"// These filters fill a part of a vector, so the lanes hold weights of a line: {KernelWriter.Count(lines, "line")} by {KernelWriter.Count(vectors, "vector")} at a time."));
        _code.Together(Invariant($"Span<float> sums = stackalloc float[{tiles[0] * lines * vectors * kernel.Lanes}];"), "ref float sum = ref sums[0];");
        int begin = 0;
        foreach (IGrouping<int, int> equal in tiles.GroupBy(filters => filters))
        {
            int end = begin + (equal.Key * equal.Count());
            using (kernel.Loop("filter", begin, end, equal.Key))
            using (lines > 1 ? default : kernel.Loop("line", operation.Filters.Height, 1))
                Runs(operation, group, equal.Key, lines, vectors);
            begin = end;
        }
    }

    private void Runs(ConvolutionOperation operation, ColumnGroup group, int filters, int lines, int vectors)
    {
        int run = vectors * kernel.Lanes;
        int whole = operation.LineLength / run * run;
        if (whole > 0)
        {
            using (kernel.Loop("k", whole, run))
                Tile(operation, group, filters, lines, run);
        }

        if (whole == operation.LineLength)
            return;
        using (_code.Open())
        {
            _code.Line(Invariant($"const int k = {whole};"));
            Tile(operation, group, filters, lines, operation.LineLength - whole);
        }
    }

    /// <summary>The sums of a part of each of some lines, for some filters.</summary>
    private void Tile(ConvolutionOperation operation, ColumnGroup group, int filters, int lines, int run)
    {
        BufferLayout input = operation.SourceLayout;
        BufferLayout gradient = operation.GradientLayout;
        int vectors = (run + kernel.Lanes - 1) / kernel.Lanes;
        (int Line, int Vector)[] places = [.. from line in Enumerable.Range(0, lines) from vector in Enumerable.Range(0, vectors) select (line, vector)];
        _code.Rows(places.Select((_, p) => Enumerable.Range(0, filters).Select(j => $"{Sum(p, j)} = Simd.Zero").ToArray()), "Floats ", ", ", ";");
        using (_code.Open(Invariant($"for (nint row = 0; row < {operation.Computed.Height}; row++)")))
        {
            string line = lines > 1 ? "0" : "line";
            _code.Together(
                $"ref float input = {KernelWriter.At("x", KernelWriter.Index(("row", operation.Filters.Stride * input.RowStride), (line, input.RowStride), ("k", 1)))};",
                $"ref float gradient = {KernelWriter.At("dz", KernelWriter.Index(("row", gradient.RowStride), ("n", 1), ("filter", 1)))};");
            using (_code.Open(Invariant($"for (nint column = 0; column < {operation.Computed.Width}; column++)")))
            {
                _code.Rows(
                    [.. Enumerable.Range(0, filters).Select(j => new[] { Invariant($"g{j} = {KernelWriter.Broadcast("gradient", j)}") }), ["value"]], "Floats ", ", ", ";");
                _code.Rows(places.Select((place, p) => Products(p, (place.Line * input.RowStride) + (place.Vector * kernel.Lanes), filters).ToArray()));
                kernel.Advance(("input", operation.Filters.Stride * input.PixelStride), ("gradient", gradient.PixelStride));
            }
        }

        int length = vectors * kernel.Lanes;
        _code.Rows(places.Select((_, p) => Enumerable.Range(0, filters)
            .Select(j => $"Simd.Store({Sum(p, j)}, ref sum, {Invariant($"{(j * lines * length) + (p * kernel.Lanes)}")});").ToArray()));
        using (kernel.Nest([.. lines > 1 ? [KernelWriter.Each("line", lines)] : Array.Empty<NestedLoop>(), KernelWriter.Each("term", run)]))
        {
            string row = KernelWriter.Index(("line", operation.LineLength * group.PanelWidth), ("k", group.PanelWidth), ("term", group.PanelWidth), ("filter", 1));
            _code.Together(
                $"ref float target = ref Unsafe.Add(ref weights, {row});",
                $"ref float term0 = ref Unsafe.Add(ref sum, {KernelWriter.Index((lines > 1 ? "line" : "0", length), ("term", 1))});");
            _code.Rows(Enumerable.Range(0, filters).Select(j => Invariant($"Unsafe.Add(ref target, {j}) += Unsafe.Add(ref term0, {j * lines * length});")));
        }
    }

    private static IEnumerable<string> Products(int place, int offset, int filters)
    {
        yield return $"value = {KernelWriter.Load("input", offset)};";
        for (int j = 0; j < filters; j++)
            yield return $"{Sum(place, j)} = {KernelWriter.MultiplyAdd("value", Invariant($"g{j}"), Sum(place, j))};";
    }

    private static string Sum(int place, int filter) => Invariant($"a{place}_{filter}");
}
