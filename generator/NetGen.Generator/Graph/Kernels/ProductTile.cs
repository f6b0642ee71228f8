using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static System.FormattableString;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// What the matrix products forward and backward to the input have in common: dense layers, and convolutions, whose left rows are
/// runs of the input itself. A tile of outputs stays in registers while the sum runs over the rows of the weights, in ascending order, so
/// that an output's bits do not depend on the tile that computed it.
/// </summary>
internal sealed class ProductTile(KernelWriter kernel)
{
    private readonly CodeWriter _code = kernel.Code;

    /// <summary>Opens the loops over the panels and lanes of a column group and declares <c>n</c>, <c>weights</c> and the biases.</summary>
    public CodeWriter.Block OpenPanels(ColumnGroup group, int rows, bool bias)
    {
        int panelLength = rows * RegisterTile.PanelWidth;
        int lanes = group.Vectors * kernel.Lanes;
        int columns = group.PanelCount * RegisterTile.PanelWidth;
        int firstColumn = (group.FirstPanel * RegisterTile.PanelWidth) + group.FirstLane;
        CodeWriter.Block block;
        if (group.PanelCount > 1 && group.Repeats > 1)
        {
            block = _code.Open(Invariant($"for (nint n = {firstColumn}; n < {firstColumn + columns}; n += {lanes})"));
            _code.Line($"ref float weights = {KernelWriter.At("w", Invariant($"(n / {RegisterTile.PanelWidth} * {panelLength}) + (n % {RegisterTile.PanelWidth})"))};");
        }
        else if (group.PanelCount > 1)
        {
            block = _code.Open(Invariant($"for (nint n = {firstColumn}; n < {firstColumn + columns}; n += {RegisterTile.PanelWidth})"));
            _code.Line($"ref float weights = {KernelWriter.At("w", Invariant($"{rows} * n"))};");
        }
        else if (group.Repeats > 1)
        {
            block = _code.Open(Invariant($"for (nint n = {firstColumn}; n < {firstColumn + (group.Repeats * lanes)}; n += {lanes})"));
            int start = (group.FirstPanel * panelLength) - (group.FirstPanel * RegisterTile.PanelWidth);
            _code.Line($"ref float weights = {KernelWriter.At("w", KernelWriter.Index(("n", 1), ("", start)))};");
        }
        else
        {
            block = _code.Open();
            _code.Line(Invariant($"const int n = {firstColumn};"));
            _code.Line($"ref float weights = {KernelWriter.At("w", (group.FirstPanel * panelLength) + group.FirstLane)};");
        }

        if (bias)
        {
            for (int v = 0; v < group.Vectors; v++)
                _code.Line(Invariant($"Floats bias{v} = {KernelWriter.Load("bias", KernelWriter.Index(("n", 1), ("", v * kernel.Lanes)))};"));
        }

        return block;
    }

    /// <summary>Declares the sums of a tile.</summary>
    public void Accumulators(int positions, int vectors, int phases, bool bias)
    {
        for (int p = 0; p < positions; p++)
        {
            for (int v = 0; v < vectors; v++)
            {
                _code.Line(Invariant($"Floats a{p}_{v} = {(bias ? Invariant($"bias{v}") : "Simd.Zero")};"));
                for (int phase = 1; phase < phases; phase++)
                    _code.Line(Invariant($"Floats a{p}_{v}_{phase} = Simd.Zero;"));
            }
        }
    }

    /// <summary>Writes the sum over the rows of the weights: lines of a kernel, and in each the same runs of terms.</summary>
    /// <param name="positions">The offsets of the tile's positions in the input.</param>
    /// <param name="group">The columns.</param>
    /// <param name="lines">Lines of the kernel; 1 for a dense layer.</param>
    /// <param name="lineStride">From an input line to the next one.</param>
    /// <param name="runs">What a line consists of.</param>
    /// <param name="phases">Into how many partial sums each sum is split.</param>
    /// <param name="unrolledTerms">The most terms that are written out instead of in a loop.</param>
    /// <param name="lineLoop">The head of the loop over the lines.</param>
    public void Sum(
        int[] positions, ColumnGroup group, int lines, int lineStride, IReadOnlyList<TermRun> runs, int phases, int unrolledTerms, string lineLoop = "")
    {
        string operands = string.Join(", ", Enumerable.Range(0, group.Vectors).Select(v => Invariant($"w{v}")));
        _code.Line(group.Vectors > 1 ? $"Floats {operands}, value;" : $"Floats {operands};");
        int span = runs.Sum(run => run.Length);
        runs = [.. runs.Where(run => run.Positions.Length > 0)];
        if (lines * span * positions.Length * group.Vectors <= ProductLoop.MaxUnrolled && lines * span <= unrolledTerms)
        {
            for (int line = 0; line < lines; line++)
            {
                foreach (TermRun run in runs)
                {
                    for (int k = run.Begin; k < run.Begin + run.Length; k++)
                        Term(positions, run, group, "source", (line * lineStride) + k, "weights", ((line * span) + k) * group.PanelWidth, k % phases);
                }
            }
        }
        else if (lines > 1)
        {
            using (_code.Open(lineLoop))
            {
                foreach (TermRun run in runs)
                {
                    if (runs.Count == 1)
                        LineRun(run);
                    else
                        InScope(run);
                }
            }
        }
        else
        {
            foreach (TermRun run in runs)
                InScope(run);
        }

        if (phases == 1)
            return;
        for (int p = 0; p < positions.Length; p++)
        {
            for (int v = 0; v < group.Vectors; v++)
                _code.Line(Invariant($"a{p}_{v} = (a{p}_{v} + a{p}_{v}_1) + (a{p}_{v}_2 + a{p}_{v}_3);"));
        }

        void InScope(TermRun run)
        {
            using (_code.Open())
                LineRun(run);
        }

        void LineRun(TermRun run)
        {
            string line = lines > 1 ? "line" : "0";
            _code.Line($"ref float input = {KernelWriter.At("source", KernelWriter.Index((line, lineStride), ("", run.Begin)))};");
            _code.Line($"ref float weight = {KernelWriter.At("weights", KernelWriter.Index((line, span * group.PanelWidth), ("", run.Begin * group.PanelWidth)))};");
            Terms(positions, run, group, phases);
        }
    }

    /// <summary>The mask of one position of a finished tile.</summary>
    public void Drop(Epilogue epilogue, ColumnGroup group, string target, string unit)
    {
        for (int v = 0; v < group.Vectors; v++)
        {
            int lane = v * kernel.Lanes;
            string units = lane == 0 ? unit : Invariant($"{unit} + {lane}");
            kernel.Store(
                epilogue.ApplyMask(KernelWriter.Load(target, lane), units),
                target,
                lane,
                v == group.Vectors - 1 ? group.LastLanes : kernel.Lanes);
        }
    }

    private void Terms(int[] positions, TermRun run, ColumnGroup group, int phases)
    {
        int whole = run.Length / phases;
        using (_code.Open(Invariant($"for (nint k = 0; k < {whole}; k++)")))
        {
            if (run.Length >= ProductLoop.PrefetchedRows && positions.Length >= ProductLoop.PrefetchingPositions && phases == 1)
                Prefetch(group);
            for (int phase = 0; phase < phases; phase++)
                Term(positions, run, group, "input", phase, "weight", phase * group.PanelWidth, phase);
            _code.Line(Invariant($"input = ref Unsafe.Add(ref input, {phases});"));
            _code.Line(Invariant($"weight = ref Unsafe.Add(ref weight, {phases * group.PanelWidth});"));
        }

        for (int rest = 0; rest < run.Length % phases; rest++)
            Term(positions, run, group, "input", rest, "weight", rest * group.PanelWidth, rest);
    }

    /// <summary>Fetches one row of weights for later; the last rows fetch the beginning of the next panel.</summary>
    private void Prefetch(ColumnGroup group)
    {
        const int lineFloats = 16;
        for (int lane = 0; lane < group.Vectors * kernel.Lanes; lane += lineFloats)
            _code.Line(Invariant($"Simd.Prefetch(ref weight, {(ProductLoop.PrefetchDistance * group.PanelWidth) + lane});"));
    }

    private void Term(int[] positions, TermRun run, ColumnGroup group, string input, int inputOffset, string weight, int weightOffset, int phase)
    {
        string suffix = phase == 0 ? "" : Invariant($"_{phase}");
        for (int v = 0; v < group.Vectors; v++)
            _code.Line(Invariant($"w{v} = {KernelWriter.Load(weight, weightOffset + (v * kernel.Lanes))};"));
        foreach (int p in run.Positions)
        {
            string value = KernelWriter.Broadcast(input, inputOffset + positions[p]);
            if (group.Vectors > 1)
            {
                _code.Line($"value = {value};");
                value = "value";
            }

            for (int v = 0; v < group.Vectors; v++)
                _code.Line(Invariant($"a{p}_{v}{suffix} = {KernelWriter.MultiplyAdd(value, Invariant($"w{v}"), Invariant($"a{p}_{v}{suffix}"))};"));
        }
    }
}

/// <summary>Terms that follow one another within a line of a kernel, and the positions of a tile whose sums they belong to.</summary>
/// <param name="Begin">The first term, counted from the line's.</param>
/// <param name="Length">The number of terms.</param>
/// <param name="Positions">The positions, counted within the tile.</param>
internal sealed record TermRun(int Begin, int Length, int[] Positions);
