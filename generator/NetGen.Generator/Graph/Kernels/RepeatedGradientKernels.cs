using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Emits the gradient with respect to the weights of a convolution with few filters: the lanes of a vector of gradients are neighbouring outputs, positions and filters as they lie in memory,
/// and the inputs are repeated to match, as in <see cref="RepeatedInputKernels"/>. The gradients of as many rows as the filters have lines stay in registers, so that each vector of inputs is
/// loaded once for all lines.
/// </summary>
/// <remarks>
/// The kernel is called for each sample of a shard in their order. The sums are those of repeated filters; at the last sample they are added to the gradients of the filters.
/// </remarks>
internal sealed class RepeatedGradientKernels(KernelWriter kernel)
{
    private readonly CodeWriter _code = kernel.Code;

    /// <summary>The kernel's body.</summary>
    public void Write(ConvolutionOperation operation)
    {
        FilterShape filters = operation.Filters;
        int channels = operation.GroupChannels;
        int run = operation.Computed.Width * filters.Count;
        int columns = RepeatedInputs.GradientColumns(filters.Height, filters.Width, kernel.Width);
        int phases = RepeatedInputs.Phases(filters.Count, kernel.Width);
        _code.Line("// Each input is repeated for every filter: the filters fill vectors only in part, but neighbouring outputs lie side by side in memory.");
        _code.Line(Invariant($"// A tile is {filters.Height}×{columns} weights of one channel."));
        using (_code.Open("if (sample == 0)"))
            kernel.Vectors(RepeatedInputs.GradientSumsLength(operation), "element", lanes => kernel.Store("Simd.Zero", "products", "element", lanes), alone: true);
        int whole = filters.Width / columns * columns;
        using (kernel.Nest(
        [
            KernelWriter.Tiles("phase", Math.Min(phases, (run + kernel.Lanes - 1) / kernel.Lanes) * kernel.Lanes, kernel.Lanes),
            KernelWriter.Each("channel", channels),
            .. whole == filters.Width ? [KernelWriter.Tiles("column", filters.Width, columns)] : Array.Empty<NestedLoop>(),
        ]))
        {
            if (whole == filters.Width)
            {
                Tile(operation, columns);
            }
            else
            {
                using (kernel.Loop("column", whole, columns))
                    Tile(operation, columns);
                using (_code.Open())
                {
                    _code.Line(Invariant($"const int column = {whole};"));
                    Tile(operation, filters.Width - whole);
                }
            }
        }

        _code.Gap();
        _code.Line("if (sample == samples - 1)");
        using (_code.Indent())
            _code.Statement(Invariant($"RepeatedFilters.AddGradients(ref products, {filters.Height}, {filters.Width}, {channels}, {filters.Count}, ref dw);"));
    }

    /// <summary>The sums of some columns of the filters, over the vectors that begin with the same filter.</summary>
    private void Tile(ConvolutionOperation operation, int columns)
    {
        FilterShape filters = operation.Filters;
        int channels = operation.GroupChannels;
        int lines = filters.Height;
        int height = operation.Computed.Height;
        int run = operation.Computed.Width * filters.Count;
        int phases = RepeatedInputs.Phases(filters.Count, kernel.Width);
        _code.Rows(Enumerable.Range(0, lines).Select(line => Enumerable.Range(0, columns).Select(column => $"{Sum(line, column)} = Simd.Zero").ToArray()), "Floats ", ", ", ";");
        string lanes = RepeatedInputKernels.Lanes("phase", filters.Count, channels);
        bool isFull = run % kernel.Lanes == 0;
        if (isFull)
            _code.Line($"Floats lanes = {lanes};");
        using (_code.Open(Invariant($"for (nint first = phase; first < {run}; {KernelWriter.Next("first", phases * kernel.Lanes)})")))
        {
            _code.Together(
                $"ref float input = {KernelWriter.At("x", KernelWriter.Index((Invariant($"(first / {filters.Count})"), channels), ("column", channels), ("channel", 1)))};",
                "ref float gradient = ref Unsafe.Add(ref dz, first);");

            // Beyond the end of a row, gradients count as 0 and inputs as that of lane 0: whatever lies there has no influence.
            if (!isFull)
                _code.Line(Invariant($"Floats lanes = Simd.FirstLanes({lanes}, (int)({run} - first));"));
            Rows(operation, columns, isFull);
        }

        int length = RepeatedInputs.FilterLength(filters.Count);
        string target = KernelWriter.Index((Invariant($"(phase % {filters.Count})"), 1), ("channel", filters.Width * lines * length), ("column", lines * length));
        _code.Line($"ref float target = {KernelWriter.At("products", target)};");
        _code.Rows(Enumerable.Range(0, columns).Select(column => Enumerable.Range(0, lines)
            .Select(line => kernel.Stored(Sum(line, column), "target", ((column * lines) + line) * length, kernel.Lanes, adds: true)).ToArray()));
    }

    /// <summary>The products of a vector of each row. The first and the last rows of inputs meet only some lines of the filters.</summary>
    private void Rows(ConvolutionOperation operation, int columns, bool isFull)
    {
        FilterShape filters = operation.Filters;
        int lines = filters.Height;
        int height = operation.Computed.Height;
        int run = operation.Computed.Width * filters.Count;
        int inputStride = operation.SourceLayout.RowStride;
        int gradientStride = operation.GradientLayout.RowStride;
        IEnumerable<string> first = Enumerable.Range(0, lines - 1).Select(row => Invariant($"d{lines - 2 - row} = {Load(row * gradientStride)}"));
        _code.Rows([["value"], .. first.Select(load => new[] { load }), .. lines == 1 ? [["d0"]] : new[] { new[] { Invariant($"d{lines - 1}") } }], "Floats ", ", ", ";");
        for (int row = 0; row < lines - 1; row++)
            Row(row, 0, row + 1, line => lines - 2 - row + line);
        if (lines > 1)
            kernel.Advance(("input", (lines - 1) * inputStride), ("gradient", (lines - 1) * gradientStride));
        using (_code.Open(Invariant($"for (nint row = {lines - 1}; row < {height}; row++)")))
        {
            _code.Together([.. Enumerable.Range(1, lines - 1).Reverse().Select(line => Invariant($"d{line} = d{line - 1};")), $"d0 = {Load(0)};"]);
            Row(0, 0, lines, line => line);
            kernel.Advance(("input", inputStride), ("gradient", gradientStride));
        }

        for (int row = 0; row < lines - 1; row++)
            Row(row, row + 1, lines, line => line - 1 - row);

        string Load(int offset) => isFull ? KernelWriter.Load("gradient", offset) : Invariant($"Simd.LoadFirst(ref gradient, {offset}, (int)({run} - first))");

        // The products of a row of inputs with some lines of the filters, given which gradients each line meets.
        void Row(int row, int begin, int end, Func<int, int> gradient) => _code.Rows(Enumerable.Range(0, columns).Select(column => new[]
        {
            $"value = {RepeatedInputKernels.Load("input", (row * inputStride) + (column * operation.GroupChannels))};",
        }.Concat(Enumerable.Range(begin, end - begin).Select(line => $"{Sum(line, column)} = {KernelWriter.MultiplyAdd("value", Invariant($"d{gradient(line)}"), Sum(line, column))};")).ToArray()));
    }

    private static string Sum(int line, int column) => Invariant($"a{line}_{column}");
}
