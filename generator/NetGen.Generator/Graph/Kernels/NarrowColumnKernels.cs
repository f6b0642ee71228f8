using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Emits the sums of the last columns of a convolution, where they fill only a part of a vector: the lanes hold terms, contiguous inputs of a
/// line of the filters, and are added up at the end. The results then lie in vectors of columns, as the sums of other tiles do.
/// </summary>
internal sealed class NarrowColumnKernels(KernelWriter kernel)
{
    private readonly CodeWriter _code = kernel.Code;

    /// <summary>Declares the memory in which the sums of a tile are put together to vectors of columns.</summary>
    public void Memory() => _code.Together(
        Invariant($"Span<float> sums = stackalloc float[{NarrowColumns.Positions * kernel.Lanes}];"), "ref float sum = ref sums[0];");

    /// <summary>Writes the sums of a tile; they end up in the same variables as those of <see cref="ProductTile"/>.</summary>
    /// <param name="conv">The convolution.</param>
    /// <param name="group">The columns.</param>
    /// <param name="positions">The offsets of the tile's positions in the input.</param>
    /// <param name="lineLoop">The head of the loop over the lines of the filters.</param>
    public void Sum(ConvolutionShape conv, ColumnGroup group, int[] positions, string lineLoop)
    {
        int length = conv.KernelHeight * NarrowColumns.PaddedLine(conv.LineLength);
        int first = group.FirstColumn - NarrowColumns.First(conv.Columns);
        int begin = 0;
        foreach (IGrouping<int, int> tiles in NarrowColumns.Tiles(group.LastLanes, kernel.Width).GroupBy(columns => columns))
        {
            int end = begin + (tiles.Key * tiles.Count());
            using (kernel.Loop("filter", begin, end, tiles.Key))
            {
                _code.Line($"ref float filters = {KernelWriter.At("lines", KernelWriter.Index(("filter", length), ("", first * length)))};");
                Tile(conv, positions, tiles.Key, length, lineLoop);
            }

            begin = end;
        }

        _code.Rows(
            positions.Select((_, p) => new[] { Invariant($"a{p}_0 = {(conv.Bias ? "bias0 + " : "")}{KernelWriter.Load("sum", p * kernel.Lanes)}") }), "Floats ", ", ", ";");
    }

    private void Tile(ConvolutionShape conv, int[] positions, int columns, int length, string lineLoop)
    {
        _code.Rows(
            positions.Select((_, p) => Enumerable.Range(0, columns).Select(j => $"{Sum(p, j)} = Simd.Zero").ToArray()), "Floats ", ", ", ";");
        using (conv.KernelHeight > 1 ? _code.Open(lineLoop) : _code.Open())
        {
            string line = conv.KernelHeight > 1 ? "line" : "0";
            _code.Together(
                $"ref float input = {KernelWriter.At("source", KernelWriter.Index((line, conv.InputLineStride)))};",
                $"ref float weight = {KernelWriter.At("filters", KernelWriter.Index((line, length / conv.KernelHeight)))};");
            kernel.Vectors(conv.LineLength, "k", lanes => Products(positions, columns, length, lanes));
        }

        // Eight sums at a time; a tile of fewer positions repeats the last one, whose place in memory nobody reads.
        for (int j = 0; j < columns; j++)
        {
            IEnumerable<string> sums = Enumerable.Range(0, NarrowColumns.Positions).Select(p => Sum(Math.Min(p, positions.Length - 1), j));
            _code.Statement(Invariant($"Simd.StoreSums({string.Join(", ", sums)}, ref sum, {KernelWriter.Index(("filter", 1), ("", j))}, {kernel.Lanes});"));
        }
    }

    private void Products(int[] positions, int columns, int length, int lanes)
    {
        IEnumerable<string[]> weights = Enumerable.Range(0, columns)
            .Select(j => new[] { Invariant($"w{j} = {KernelWriter.Load("weight", KernelWriter.Index(("k", 1), ("", j * length)))}") });
        _code.Rows([.. weights, ["value"]], "Floats ", ", ", ";");
        _code.Rows(positions.Select((offset, p) => Product(offset, p).ToArray()));

        IEnumerable<string> Product(int offset, int p)
        {
            string place = KernelWriter.Index(("k", 1), ("", offset));
            yield return lanes == kernel.Lanes
                ? $"value = {KernelWriter.Load("input", place)};"
                : Invariant($"value = Simd.LoadFirst(ref input, {place}, {lanes});");
            for (int j = 0; j < columns; j++)
                yield return $"{Sum(p, j)} = {KernelWriter.MultiplyAdd("value", Invariant($"w{j}"), Sum(p, j))};";
        }
    }

    private static string Sum(int position, int column) => Invariant($"s{position}_{column}");
}
