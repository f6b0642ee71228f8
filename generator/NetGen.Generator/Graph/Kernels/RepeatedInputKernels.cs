using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Emits convolutions with few filters: the lanes of a vector are neighbouring outputs, positions and filters as they lie in memory, and the inputs are repeated to match. A tile is some
/// rows of one such vector. The weights of a column and channel stay in registers, one vector for each line, and each vector of inputs is loaded once for all of them.
/// </summary>
internal sealed class RepeatedInputKernels(KernelWriter kernel, ConvolutionKernels convolutions)
{
    /// <summary>How many outputs of a row are stored together, where they are stored position by position.</summary>
    private const int Together = 4;

    private readonly CodeWriter _code = kernel.Code;

    /// <summary>Which lane of a vector of inputs each lane takes; <paramref name="first"/> is the place of lane 0 among the outputs of a row.</summary>
    public static string Lanes(string first, int filters, int channels) => Invariant($"Simd.RepeatedLanes((int)({first} % {filters}), {filters}, {channels})");

    /// <summary>A vector of inputs, each repeated for every filter.</summary>
    public static string Load(string reference, int offset) => $"Simd.Permute({KernelWriter.Load(reference, offset)}, lanes)";

    /// <summary>Writes the body of the kernel.</summary>
    /// <param name="conv">The convolution.</param>
    /// <param name="rows">The rows of a tile, before pooling.</param>
    public void Write(ConvolutionShape conv, int rows)
    {
        int pool = conv.Epilogue.Pool;
        bool storesVectors = RepeatedInputs.StoresVectors(conv);
        string row = storesVectors ? "row" : "top";
        _code.Line(Invariant($"// A tile is {KernelWriter.Count(rows, "row")} of one vector."));
        if (!storesVectors)
            _code.Together(Invariant($"Span<float> sums = stackalloc float[{RepeatedInputs.AsideLength(conv, rows, kernel.Width)}];"), "ref float sum = ref sums[0];");
        using (kernel.Nest(ConvolutionKernels.Rows(conv, conv.Height / pool, rows / pool, row)))
        {
            using (kernel.Nest(KernelWriter.Tiles("first", conv.Width * conv.Columns, kernel.Lanes)))
            {
                Sums(conv, rows, KernelWriter.Index((row, pool * conv.InputRowStride), (Invariant($"(first / {conv.Columns})"), conv.Channels)));
                Store(conv, rows);
            }

            if (!storesVectors)
                Outputs(conv, rows / pool);
        }
    }

    private void Sums(ConvolutionShape conv, int rows, string source)
    {
        int filterLength = RepeatedInputs.FilterLength(conv.Columns);
        int lines = conv.KernelHeight;
        _code.Line($"Floats lanes = {Lanes("first", conv.Columns, conv.Channels)};");
        _code.Together($"ref float input = {KernelWriter.At("x", source)};", Invariant($"ref float weight = ref Unsafe.Add(ref repeated, first % {conv.Columns});"));
        if (conv.Bias)
            _code.Line($"Floats start = {KernelWriter.Load("weight", conv.Terms * filterLength)};");
        _code.Rows(Enumerable.Range(0, rows).Select(row => new[] { Invariant($"a{row} = {(conv.Bias ? "start" : "Simd.Zero")}") }), "Floats ", ", ", ";");
        using (_code.Open(Invariant($"for (nint k = 0; k < {conv.LineLength}; k++)")))
        {
            _code.Rows([.. Enumerable.Range(0, lines).Select(line => new[] { Invariant($"w{line} = {KernelWriter.Load("weight", line * filterLength)}") }), ["value"]], "Floats ", ", ", ";");
            _code.Rows(Enumerable.Range(0, rows + lines - 1).Select(line => Products(line).ToArray()));
            kernel.Advance(("input", 1), ("weight", lines * filterLength));
        }

        IEnumerable<string> Products(int inputLine)
        {
            yield return $"value = {Load("input", inputLine * conv.InputLineStride)};";
            for (int line = Math.Max(0, inputLine - rows + 1); line <= Math.Min(inputLine, lines - 1); line++)
            {
                string sum = Invariant($"a{inputLine - line}");
                yield return $"{sum} = {KernelWriter.MultiplyAdd("value", Invariant($"w{line}"), sum)};";
            }
        }
    }

    /// <summary>Stores the sums of a tile as outputs; or puts them aside, and of the rows of a window the maxima.</summary>
    private void Store(ConvolutionShape conv, int rows)
    {
        if (RepeatedInputs.StoresVectors(conv))
        {
            _code.Line($"ref float target = {KernelWriter.At("y", KernelWriter.Index(("row", conv.OutputRowStride), ("first", 1)))};");
            _code.Rows(Enumerable.Range(0, rows).Select(row =>
                kernel.Stored(conv.Epilogue.ApplyInTile(Invariant($"a{row}"), default), "target", row * conv.OutputRowStride, kernel.Lanes, conv.Adds)));
            return;
        }

        int together = RepeatedInputs.TakesMaximaOfRows(conv) ? conv.Epilogue.Pool : 1;
        _code.Line("ref float aside = ref Unsafe.Add(ref sum, first);");
        _code.Rows(Enumerable.Range(0, RepeatedInputs.AsideRows(conv, rows)).Select(row => kernel.Stored(
            Enumerable.Range(row * together, together).Select(sum => Invariant($"a{sum}")).Aggregate((left, right) => $"Simd.Max({left}, {right})"),
            "aside",
            row * RepeatedInputs.AsideStride(conv, kernel.Width),
            kernel.Lanes)));
    }

    /// <summary>Writes the outputs of a tile, position by position, from the sums that were put aside.</summary>
    private void Outputs(ConvolutionShape conv, int rows)
    {
        int pool = conv.Epilogue.Pool;
        int lines = RepeatedInputs.TakesMaximaOfRows(conv) ? 1 : pool;
        int stride = RepeatedInputs.AsideStride(conv, kernel.Width);
        int width = conv.Width / pool;
        int columns = Enumerable.Range(1, Math.Min(Together, width)).Last(count => width % count == 0);
        using (_code.Open(Invariant($"for (nint tileRow = 0; tileRow < {rows}; tileRow++)")))
        {
            _code.Line("nint row = top + tileRow;");
            ColumnGroup[] groups = [.. RegisterTile.Groups(conv.Columns, kernel.Width, vectors: 1)];
            foreach (ColumnGroup group in groups)
            {
                using (kernel.Loop("n", group.FirstColumn, group.EndColumn(kernel.Width), kernel.Lanes, alone: groups.Length == 1))
                using (kernel.Nest(KernelWriter.Tiles("column", width, columns)))
                {
                    _code.Line($"ref float line = {KernelWriter.At("sum", KernelWriter.Index(("tileRow", lines * stride), ("column", pool * conv.Columns), ("n", 1)))};");
                    _code.Rows(
                        Enumerable.Range(0, lines).Select(line => Enumerable.Range(0, pool * columns)
                            .Select(column => Invariant($"a{(line * pool * columns) + column}_0 = {KernelWriter.Load("line", (line * stride) + (column * conv.Columns))}")).ToArray()),
                        "Floats ", ", ", ";");
                    convolutions.StoreRow(conv, group, columns, lines);
                }
            }
        }
    }
}
