using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static System.FormattableString;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>Dense layers, forward and backward to the input.</summary>
internal sealed class DenseKernels(KernelWriter kernel)
{
    private readonly CodeWriter _code = kernel.Code;
    private readonly ProductTile _tile = new(kernel);

    /// <summary>A dense layer for any number of samples.</summary>
    public void Write(Kernel method, DenseShape dense)
    {
        bool single = dense.Columns > RegisterTile.PanelWidth;
        using (kernel.Method(method))
        {
            if (single)
            {
                string tiled = Invariant($"samples - (samples % {DenseTiling.SmallTiles(dense.ShardSize, kernel.Width).Last()})");
                int large = DenseTiling.LargeFrom(dense.ShardSize, dense.Adds, kernel.Width);
                _code.Line(large == int.MaxValue ? $"nint tiled = {tiled};" : Invariant($"nint tiled = samples >= {large} ? samples : {tiled};"));
            }

            foreach (ColumnGroup group in RegisterTile.Groups(dense.Columns, kernel.Width))
                DenseGroup(dense, group, single);
            if (single)
                RemainingSamples(dense);
        }

        if (!single || dense.IsShared)
            return;
        using (kernel.PrivateMethod(
            SingleSummary(dense), SingleName(dense.Name), string.Join(", ", SingleReferences(dense).Select(reference => "ref float " + reference.Name))))
            DenseSingle(dense);
    }

    /// <summary>Some of the panels of a dense layer for one sample.</summary>
    public void WritePart(Kernel method, DenseShape dense)
    {
        using (kernel.Method(method with { Summary = SingleSummary(dense) }))
            DenseSingle(dense);
    }

    private string SingleSummary(DenseShape dense) =>
        Invariant($"{dense.Summary.Split('\n')[0]} One sample: {DenseTiling.PanelsTogether(dense.Columns, kernel.Width)} panels side by side.");

    /// <summary>The name of the kernel of one sample.</summary>
    public static string SingleName(string name) => name + "Single";

    /// <summary>What the kernel of one sample takes, and where that is for a sample of many: the one list for signature and call.</summary>
    private static IEnumerable<(string Name, string Argument)> SingleReferences(DenseShape dense) =>
    [
        ("x", "ref source"),
        ("w", "ref w"),
        .. dense.Bias ? [("bias", "ref bias")] : Array.Empty<(string, string)>(),
        ("y", "ref target"),
        .. dense.Operands.Select(operand => (operand.Name, KernelWriter.At(operand.Name, KernelWriter.Index(("sample", operand.SampleStride))))),
    ];

    /// <summary>The samples that no tile takes go one by one.</summary>
    private void RemainingSamples(DenseShape dense)
    {
        _code.Gap();
        using (_code.Open("for (nint sample = tiled; sample < samples; sample++)"))
        {
            _code.Line($"ref float source = ref Unsafe.Add(ref x, {KernelWriter.Index(("sample", dense.InputStride))});");
            _code.Line($"ref float target = ref Unsafe.Add(ref y, {KernelWriter.Index(("sample", dense.OutputStride))});");
            string arguments = string.Join(", ", SingleReferences(dense).Select(reference => reference.Argument));
            _code.Line($"{SingleName(dense.Name)}({arguments}{(dense.IsShared ? Invariant($", 0, {RegisterTile.Panels(dense.Columns)}") : "")});");
            if (dense.Epilogue.Mask is not { } mask)
                return;
            _code.Line(Invariant($"ulong key = DropoutMask.Key(seed, step, {mask.Layer}, firstSample + (int)sample);"));
            kernel.Vectors(dense.Columns, "n", lanes =>
            {
                _code.Line("ref float unit = ref Unsafe.Add(ref target, n);");
                kernel.Store(dense.Epilogue.ApplyMask(KernelWriter.Load("unit"), "n"), "unit", 0, lanes);
            });
        }
    }

    private void DenseGroup(DenseShape dense, ColumnGroup group, bool severalPanels)
    {
        int phases = RegisterTile.Phases(dense.Rows, dense.Columns);
        int[] tiles = severalPanels ? DenseTiling.SmallTiles(dense.ShardSize, kernel.Width) : RegisterTile.ForSamples(group.Vectors, phases, kernel.Width);
        int largeFrom = severalPanels ? DenseTiling.LargeFrom(dense.ShardSize, dense.Adds, kernel.Width) : int.MaxValue;
        int large = largeFrom == int.MaxValue ? tiles[0] : DenseTiling.LargeTile(kernel.Width);
        _code.Gap();
        _code.Line(Invariant($"// Columns from {(group.FirstPanel * RegisterTile.PanelWidth) + group.FirstLane}: a tile is {large} samples by {group.Vectors} {(group.Vectors == 1 ? "vector" : "vectors")}."));
        using (_tile.OpenPanels(group, dense.Rows, dense.Bias))
        {
            if (largeFrom < int.MaxValue)
            {
                using (_code.Open(Invariant($"for (nint tile = 0; samples >= {largeFrom} && tile < samples; tile += {large})")))
                {
                    _code.Line(Invariant($"nint sample = Math.Min(tile, samples - {large});"));
                    DenseTile(dense, group, large, phases);
                }

                using (_code.Open(Invariant($"if (samples < {largeFrom})")))
                    SmallTiles("tiled");
            }
            else
            {
                SmallTiles(severalPanels ? "tiled" : "samples");
            }
        }

        void SmallTiles(string end)
        {
            _code.Line("nint sample = 0;");
            foreach (int tile in tiles)
            {
                using (_code.Open(tile == tiles.Last()
                    ? Invariant($"for (; sample < {end}; sample += {tile})")
                    : Invariant($"for (; sample <= {end} - {tile}; sample += {tile})")))
                {
                    DenseTile(dense, group, tile, phases);
                }
            }
        }
    }

    private void DenseTile(DenseShape dense, ColumnGroup group, int samples, int phases)
    {
        int[] positions = [.. Enumerable.Range(0, samples).Select(m => m * dense.InputStride)];
        _code.Line($"ref float source = {KernelWriter.At("x", KernelWriter.Index(("sample", dense.InputStride)))};");
        _tile.Accumulators(samples, group.Vectors, phases, dense.Bias);
        _tile.Sum(positions, group, 1, 0, [new TermRun(0, dense.Rows, [.. Enumerable.Range(0, samples)])], phases, phases);
        _code.Line($"ref float target = {KernelWriter.At("y", KernelWriter.Index(("sample", dense.OutputStride), ("n", 1)))};");
        foreach (OperandAccess operand in dense.Operands)
            _code.Line($"ref float {operand.Name}Target = {KernelWriter.At(operand.Name, KernelWriter.Index(("sample", operand.SampleStride), ("n", 1)))};");
        for (int m = 0; m < samples; m++)
            StoreSample(dense, group, m);
        if (dense.Epilogue.Mask is { } mask)
            DropSamples(dense, mask, group, samples);
    }

    private void StoreSample(DenseShape dense, ColumnGroup group, int m)
    {
        for (int v = 0; v < group.Vectors; v++)
        {
            int lane = v * kernel.Lanes;
            kernel.Store(
                dense.Epilogue.Apply(Invariant($"a{m}_{v}"), OperandAccess.Place(dense.Operands, operand => KernelWriter.Load(operand.Name + "Target", (m * operand.SampleStride) + lane))),
                "target",
                (m * dense.OutputStride) + lane,
                v == group.Vectors - 1 ? group.LastLanes : kernel.Lanes,
                dense.Adds);
        }
    }

    /// <summary>Dropout of a finished tile; see <see cref="ConvolutionKernels"/>.</summary>
    private void DropSamples(DenseShape dense, MaskFunction mask, ColumnGroup group, int body)
    {
        using (kernel.Loop("m", body, 1))
        {
            _code.Line(Invariant($"ulong key = DropoutMask.Key(seed, step, {mask.Layer}, firstSample + (int)(sample + m));"));
            _code.Line($"ref float row = ref Unsafe.Add(ref target, {KernelWriter.Index(("m", dense.OutputStride))});");
            _tile.Drop(dense.Epilogue, group, "row", "n");
        }
    }

    /// <summary>One sample: several panels side by side, because one alone would wait for its own sums.</summary>
    private void DenseSingle(DenseShape dense)
    {
        int full = dense.Columns / RegisterTile.PanelWidth;
        int rest = dense.Columns % RegisterTile.PanelWidth;
        int together = DenseTiling.PanelsTogether(dense.Columns, kernel.Width);
        int grouped = full / together * together;
        using (dense.IsShared
            ? _code.Open(Invariant($"for (nint panel = panelBegin; panel < Math.Min(panelEnd, {grouped}); panel += {together})"))
            : kernel.Loop("panel", grouped, together))
        {
            SinglePanels(dense, "panel", [.. Enumerable.Repeat(RegisterTile.PanelWidth, together)]);
        }

        int[] left = [.. Enumerable.Repeat(RegisterTile.PanelWidth, full - grouped), .. rest > 0 ? [rest] : Array.Empty<int>()];
        if (left.Length > 0)
        {
            using (dense.IsShared ? _code.Open(Invariant($"if (panelEnd > {grouped})")) : _code.Open())
            {
                _code.Line(Invariant($"const int panel = {grouped};"));
                SinglePanels(dense, "panel", left);
            }
        }
    }

    private void SinglePanels(DenseShape dense, string panel, int[] widths)
    {
        int panelLength = dense.Rows * RegisterTile.PanelWidth;
        string n = KernelWriter.Index((panel, RegisterTile.PanelWidth));
        List<(string Accumulator, int Panel, int Lane, int Lanes)> vectors = [];
        for (int i = 0; i < widths.Length; i++)
        {
            _code.Line($"ref float w{i} = {KernelWriter.At("w", KernelWriter.Index((panel, panelLength), ("", i * panelLength)))};");
            for (int lane = 0; lane < widths[i]; lane += kernel.Lanes)
                vectors.Add((Invariant($"a{i}_{lane / kernel.Lanes}"), i, lane, Math.Min(kernel.Lanes, widths[i] - lane)));
        }

        _code.Line($"nint n = {n};");
        foreach ((string accumulator, int i, int lane, _) in vectors)
        {
            string start = dense.Bias
                ? KernelWriter.Load("bias", KernelWriter.Index(("n", 1), ("", (i * RegisterTile.PanelWidth) + lane)))
                : "Simd.Zero";
            _code.Line($"Floats {accumulator} = {start};");
        }

        using (_code.Open(Invariant($"for (nint k = 0; k < {dense.Rows}; k++)")))
        {
            _code.Line("Floats value = Simd.Broadcast(ref x, k);");
            foreach ((string accumulator, int i, int lane, _) in vectors)
                _code.Line($"{accumulator} = {KernelWriter.MultiplyAdd("value", KernelWriter.Load(Invariant($"w{i}"), lane), accumulator)};");
            for (int i = 0; i < widths.Length; i++)
                _code.Line(Invariant($"w{i} = ref Unsafe.Add(ref w{i}, {widths[i]});"));
        }

        _code.Line("ref float target = ref Unsafe.Add(ref y, n);");
        foreach ((string accumulator, int i, int lane, int lanes) in vectors)
        {
            int offset = (i * RegisterTile.PanelWidth) + lane;
            string value = dense.Epilogue.Apply(
                accumulator,
                OperandAccess.Place(dense.Operands, operand => KernelWriter.Load(operand.Name, KernelWriter.Index(("n", 1), ("", offset)))));
            kernel.Store(value, "target", offset, lanes, dense.Adds);
        }
    }
}
