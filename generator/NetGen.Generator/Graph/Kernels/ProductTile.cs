using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Emits a tile of a matrix product: of a dense layer or a convolution, in forward or for the gradient with respect to the input. For a
/// convolution, the rows of the left matrix are contiguous ranges of the input. The tile of outputs stays in registers while its sums run over
/// the rows of the weights, always in ascending order. So the bits of an output do not depend on the tile that computed it.
/// </summary>
internal sealed class ProductTile(KernelWriter kernel)
{
    private readonly CodeWriter _code = kernel.Code;

    /// <summary>Declares the biases of the columns.</summary>
    public void Biases(ColumnGroup group) => Declare(
        Enumerable.Range(0, group.Vectors).Select(v => Invariant($"bias{v} = {KernelWriter.Load("bias", KernelWriter.Index(("n", 1), ("", v * kernel.Lanes)))}")));

    /// <summary>Declares the sums of a tile.</summary>
    public void Accumulators(int positions, int vectors, int partialSums, bool bias) => Declare(
    [
        .. from position in Enumerable.Range(0, positions)
           select from vector in Enumerable.Range(0, vectors)
                  from partialSum in Enumerable.Range(0, partialSums)
                  select $"{Sum(position, vector, partialSum)} = {(bias && partialSum == 0 ? Invariant($"bias{vector}") : "Simd.Zero")}",
    ]);

    /// <summary>Declares the vectors of a tile, each row together.</summary>
    private void Declare(params IEnumerable<string>[] rows) => _code.Rows(rows.Select(row => row.ToArray()), "Floats ", ", ", ";");

    /// <summary>Writes the sum over the rows of the weights: lines of a kernel, and in each the same runs of terms.</summary>
    /// <param name="positions">The offsets of the tile's positions in the input.</param>
    /// <param name="group">The columns.</param>
    /// <param name="lines">Lines of the filters; 1 for a dense layer.</param>
    /// <param name="lineStride">From an input line to the next one.</param>
    /// <param name="runs">The runs of terms of a line.</param>
    /// <param name="partialSums">Into how many partial sums each sum is split.</param>
    /// <param name="unrolledTerms">The most terms that are unrolled; more are summed in a loop.</param>
    /// <param name="lineLoop">The head of the loop over the lines.</param>
    public void Sum(
        TilePosition[] positions, ColumnGroup group, int lines, int lineStride, IReadOnlyList<TermRun> runs, int partialSums, int unrolledTerms, string lineLoop = "")
    {
        int span = runs.Sum(run => run.Taps * run.Length);
        runs = [.. runs.Where(run => run.Positions.Length > 0)];
        bool unrolled = lines * span * positions.Length * group.Vectors <= ProductLoop.MaxUnrolled && lines * span <= unrolledTerms;
        if (unrolled && lines > 1 && span >= ProductLoop.LongLine)
        {
            using (_code.Open(lineLoop))
            {
                References(TermRun.Of(span, []), "0");
                WrittenLine("input", 0, "weight", 0, declares: true);
            }
        }
        else if (unrolled)
        {
            for (int line = 0; line < lines; line++)
                WrittenLine("source", line * lineStride, "weights", line * span * group.PanelWidth, declares: line == 0);
        }
        else if (lines > 1)
        {
            using (_code.Open(lineLoop))
            {
                foreach (TermRun run in runs)
                    LineRun(run.Joined());
            }
        }
        else
        {
            foreach (TermRun run in runs)
                LineRun(run.Joined());
        }

        if (partialSums > 1)
        {
            _code.Rows(positions.Select((_, p) => Enumerable.Range(0, group.Vectors)
                .Select(v => $"{Sum(p, v)} = ({Sum(p, v)} + {Sum(p, v, 1)}) + ({Sum(p, v, 2)} + {Sum(p, v, 3)});").ToArray()));
        }

        void LineRun(TermRun run)
        {
            using (runs.Count == 1 && run.Taps == 1 ? default : run.Taps == 1 ? _code.Open() : _code.Open(Invariant($"for (nint tap = 0; tap < {run.Taps}; tap++)")))
            {
                References(run, run.Taps > 1 ? "tap" : "0");
                Terms(positions, run, group, partialSums);
            }
        }

        void References(TermRun run, string tap)
        {
            string line = lines > 1 ? "line" : "0";
            string input = KernelWriter.At("source", KernelWriter.Index((line, lineStride), (tap, run.TapStride), ("", run.Input)));
            string weight = KernelWriter.At(
                "weights", KernelWriter.Index((line, span * group.PanelWidth), (tap, run.Length * group.PanelWidth), ("", run.Begin * group.PanelWidth)));
            _code.Together($"ref float input = {input};", $"ref float weight = {weight};");
        }

        void WrittenLine(string input, int inputOffset, string weight, int weightOffset, bool declares)
        {
            foreach (TermRun run in runs)
            {
                for (int k = 0; k < run.Taps * run.Length; k++)
                {
                    int term = run.Begin + k;
                    int from = inputOffset + run.Input + (k / run.Length * run.TapStride) + (k % run.Length);
                    Term(positions, run, group, input, from, weight, weightOffset + (term * group.PanelWidth), term % partialSums, declares);
                    declares = false;
                }
            }
        }
    }

    /// <summary>Writes the sum over rows of the weights whose number is a variable, <c>rows</c>; it advances <c>x</c> and <c>weights</c>.</summary>
    /// <param name="positions">The offsets of the tile's positions in <c>x</c>.</param>
    /// <param name="group">The columns.</param>
    /// <param name="readsAhead">Whether each row prefetches a cache line of the next panel of weights, number <c>line</c>, if it is before <c>end</c>.</param>
    public void Rows(TilePosition[] positions, ColumnGroup group, bool readsAhead)
    {
        using (_code.Open("for (nint k = 0; k < rows; k++)"))
        {
            if (positions.Length >= ProductLoop.PrefetchingPositions)
                Prefetch(group, "weights");
            if (readsAhead)
            {
                using (_code.Open("if (line < end)"))
                    _code.Line(Invariant($"Simd.Prefetch(ref next, line / {ProductLoop.LinesTogether} * nextStride + {ProductLoop.LineFloats} * (line % {ProductLoop.LinesTogether}));"));
                _code.Line("line++;");
            }

            Term(positions, TermRun.Of(1, [.. Enumerable.Range(0, positions.Length)]), group, "x", 0, "weights", 0, partialSum: 0, declares: true);
            kernel.Advance(("x", 1), ("weights", group.PanelWidth));
        }
    }

    /// <summary>Emits what is done to one position of a stored tile: long functions, then dropout.</summary>
    public void Finish(Epilogue epilogue, ColumnGroup group, string target, string unit)
    {
        if (epilogue.HasLong)
        {
            kernel.ChangeStored(
                target, ((group.Vectors - 1) * kernel.Lanes) + group.LastLanes, value => epilogue.ApplyMask(epilogue.ApplyLong(value), unit + " + lane"));
            return;
        }

        _code.Rows(Enumerable.Range(0, group.Vectors).Select(v =>
        {
            int lane = v * kernel.Lanes;
            string units = lane == 0 ? unit : Invariant($"{unit} + {lane}");
            return kernel.Stored(epilogue.ApplyMask(KernelWriter.Load(target, lane), units), target, lane, kernel.LanesOf(group, v));
        }));
    }

    private void Terms(TilePosition[] positions, TermRun run, ColumnGroup group, int partialSums)
    {
        int whole = run.Length / partialSums;
        using (_code.Open(Invariant($"for (nint k = 0; k < {whole}; k++)")))
        {
            if (run.Length >= ProductLoop.PrefetchedRows && positions.Length >= ProductLoop.PrefetchingPositions && partialSums == 1)
                Prefetch(group, "weight");
            for (int partialSum = 0; partialSum < partialSums; partialSum++)
                Term(positions, run, group, "input", partialSum * run.TermStride, "weight", partialSum * group.PanelWidth, partialSum, declares: partialSum == 0);
            kernel.Advance(("input", partialSums * run.TermStride), ("weight", partialSums * group.PanelWidth));
        }

        if (run.Length % partialSums == 0)
            return;
        using (_code.Open())
        {
            for (int rest = 0; rest < run.Length % partialSums; rest++)
                Term(positions, run, group, "input", rest * run.TermStride, "weight", rest * group.PanelWidth, rest, declares: rest == 0);
        }
    }

    /// <summary>Emits the prefetch of one row of weights; the last rows prefetch the beginning of the next panel.</summary>
    private void Prefetch(ColumnGroup group, string weights)
    {
        int lines = (group.Lanes(kernel.Width) + ProductLoop.LineFloats - 1) / ProductLoop.LineFloats;
        _code.Together([.. Enumerable.Range(0, lines)
            .Select(line => Invariant($"Simd.Prefetch(ref {weights}, {(ProductLoop.PrefetchDistance * group.PanelWidth) + (line * ProductLoop.LineFloats)});"))]);
    }

    /// <summary>Writes one row of the weights times the values at all positions.</summary>
    private void Term(
        TilePosition[] positions, TermRun run, ColumnGroup group, string input, int inputOffset, string weight, int weightOffset, int partialSum, bool declares)
    {
        string[] loads = [.. Enumerable.Range(0, group.Vectors).Select(v => Invariant($"w{v} = {KernelWriter.Load(weight, weightOffset + (v * kernel.Lanes))}"))];
        loads = declares
            ? [$"Floats {string.Join(", ", loads)}{(group.Vectors > 1 ? ", value" : "")};"]
            : [.. loads.Select(load => load + ";")];
        string[][] products =
        [
            .. run.Positions.Select(p => KernelWriter.Products(
                KernelWriter.Broadcast(input, positions[p].At(inputOffset)), group.Vectors, "w", v => Sum(p, v, partialSum)).ToArray()),
        ];
        if (products.Length == 1)
        {
            _code.Rows([[.. loads, .. products[0]]]);
            return;
        }

        _code.Rows([loads]);
        _code.Rows(products);
    }

    /// <summary>The name of a sum, or of a partial one.</summary>
    private static string Sum(int position, int vector, int partialSum = 0) =>
        partialSum == 0 ? Invariant($"a{position}_{vector}") : Invariant($"a{position}_{vector}_{partialSum}");
}

/// <summary>
/// Terms that follow one another within a line of a kernel, and the positions of a tile whose sums they belong to. The weights are contiguous. So
/// are the inputs of one tap, a column of the kernel; those of the next tap are <paramref name="TapStride"/> floats further on.
/// </summary>
/// <param name="Begin">The first term, counted from the first one of the line.</param>
/// <param name="Input">The input of the first term, in floats from the start of the line.</param>
/// <param name="Length">The number of terms of one tap.</param>
/// <param name="TapStride">Floats from the inputs of one tap to those of the next one.</param>
/// <param name="Positions">The positions, counted within the tile.</param>
internal sealed record TermRun(int Begin, int Input, int Length, int TapStride, int[] Positions)
{
    /// <summary>The number of taps.</summary>
    public int Taps { get; init; } = 1;

    /// <summary>Floats from the input of one term to that of the next one of the same tap.</summary>
    public int TermStride { get; private init; } = 1;

    /// <summary>A run of contiguous inputs, from the start of the line.</summary>
    public static TermRun Of(int length, int[] positions) => new(0, 0, length, length, positions);

    /// <summary>The run with all taps as one, if the inputs of all terms lie equally far apart.</summary>
    public TermRun Joined() =>
        Taps > 1 && TapStride == Length ? this with { Length = Taps * Length, Taps = 1 }
        : Taps > 1 && Length == 1 ? this with { Length = Taps, Taps = 1, TermStride = TapStride }
        : this;
}

/// <summary>Where the input of a tile's position begins, counted from that of the tile's first position: floats, plus a number of strides.</summary>
/// <param name="Offset">Floats.</param>
/// <param name="Stride">The variable with the stride, in floats.</param>
/// <param name="Factor">How many strides.</param>
internal readonly record struct TilePosition(int Offset, string Stride = "", int Factor = 0)
{
    /// <summary>The index of a value at this position.</summary>
    public string At(int offset) => KernelWriter.Index((Stride.Length > 0 ? Stride : "0", Factor), ("", Offset + offset));
}
