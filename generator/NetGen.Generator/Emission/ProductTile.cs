using NetGen.Generator.Lowering;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>
/// What the matrix products forward and backward to the input have in common: dense layers, and convolutions, whose left rows are
/// runs of the input itself. A tile of outputs stays in registers while the sum runs over the rows of the weights, in ascending order, so
/// that an output's bits do not depend on the tile that computed it.
/// </summary>
internal sealed class ProductTile(KernelWriter kernel)
{
    /// <summary>Multiply-adds that may be written out one after the other instead of in a loop.</summary>
    private const int MaxUnrolled = 448;

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

    /// <summary>Writes the sum over the rows of the weights: kernel lines, then the run within a line.</summary>
    public void Sum(int[] positions, ColumnGroup group, int lines, int lineStride, int span, int phases, int unrolledTerms, string lineLoop = "")
    {
        string operands = string.Join(", ", Enumerable.Range(0, group.Vectors).Select(v => Invariant($"w{v}")));
        _code.Line(group.Vectors > 1 ? $"Floats {operands}, value;" : $"Floats {operands};");
        if (lines * span * positions.Length * group.Vectors <= MaxUnrolled && lines * span <= unrolledTerms)
        {
            for (int line = 0; line < lines; line++)
            {
                for (int k = 0; k < span; k++)
                    Term(positions, group, "source", (line * lineStride) + k, "weights", ((line * span) + k) * group.PanelWidth, k % phases);
            }
        }
        else if (lines > 1)
        {
            using (_code.Open(lineLoop))
                Run(positions, group, $"{KernelWriter.At("source", KernelWriter.Index(("line", lineStride)))}", $"{KernelWriter.At("weights", KernelWriter.Index(("line", span * group.PanelWidth)))}", span, phases);
        }
        else
        {
            using (_code.Open())
                Run(positions, group, "ref source", "ref weights", span, phases);
        }

        if (phases == 1)
            return;
        for (int p = 0; p < positions.Length; p++)
        {
            for (int v = 0; v < group.Vectors; v++)
                _code.Line(Invariant($"a{p}_{v} = (a{p}_{v} + a{p}_{v}_1) + (a{p}_{v}_2 + a{p}_{v}_3);"));
        }
    }

    /// <summary>Dropout of one position of a finished tile.</summary>
    public void Drop(Epilogue epilogue, ColumnGroup group, string target, string unit)
    {
        for (int v = 0; v < group.Vectors; v++)
        {
            int lane = v * kernel.Lanes;
            string units = lane == 0 ? unit : Invariant($"{unit} + {lane}");
            kernel.Store(
                KernelWriter.Finish(epilogue with { Relu = false }, KernelWriter.Load(target, lane), units),
                target,
                lane,
                v == group.Vectors - 1 ? group.LastLanes : kernel.Lanes);
        }
    }

    private void Run(int[] positions, ColumnGroup group, string input, string weight, int span, int phases)
    {
        _code.Line($"ref float input = {input};");
        _code.Line($"ref float weight = {weight};");
        int whole = span / phases;
        using (_code.Open(Invariant($"for (nint k = 0; k < {whole}; k++)")))
        {
            for (int phase = 0; phase < phases; phase++)
                Term(positions, group, "input", phase, "weight", phase * group.PanelWidth, phase);
            _code.Line(Invariant($"input = ref Unsafe.Add(ref input, {phases});"));
            _code.Line(Invariant($"weight = ref Unsafe.Add(ref weight, {phases * group.PanelWidth});"));
        }

        for (int rest = 0; rest < span % phases; rest++)
            Term(positions, group, "input", rest, "weight", rest * group.PanelWidth, rest);
    }

    private void Term(int[] positions, ColumnGroup group, string input, int inputOffset, string weight, int weightOffset, int phase)
    {
        string suffix = phase == 0 ? "" : Invariant($"_{phase}");
        for (int v = 0; v < group.Vectors; v++)
            _code.Line(Invariant($"w{v} = {KernelWriter.Load(weight, weightOffset + (v * kernel.Lanes))};"));
        for (int p = 0; p < positions.Length; p++)
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
