using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static System.FormattableString;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>Emits dense layers: forward, and the gradient with respect to the input.</summary>
internal sealed class DenseKernels(KernelWriter kernel)
{
    private readonly CodeWriter _code = kernel.Code;
    private readonly ProductTile _tile = new(kernel);
    private bool _isUnrolled;

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

            _isUnrolled = dense.IsUnrolled && Unrolled.IsWorth(dense.Columns, Products(dense));
            ColumnGroup[] groups = [.. _isUnrolled ? RegisterTile.SeparateGroups(dense.Columns, kernel.Width) : RegisterTile.Groups(dense.Columns, kernel.Width)];
            if (dense.TakesStrides)
                Multiples(groups.Max(group => RegisterTile.ForSamples(group.Vectors, RegisterTile.PartialSums(dense.Rows, dense.Columns), kernel.Width)[0]));
            foreach (ColumnGroup group in groups)
                DenseGroup(dense, group, single, alone: groups.Length == 1 && !single);
            if (single)
                RemainingSamples(dense);
        }

        if (!single || dense.IsShared)
            return;
        using (kernel.PrivateMethod(
            SingleSummary(dense), SingleName(dense.Name), string.Join(", ", SingleReferences(dense).Select(reference => "ref float " + reference.Name))))
            DenseSingle(dense);
    }

    /// <summary>A dense layer for one sample: the panels of one thread's part.</summary>
    public void WritePart(Kernel method, DenseShape dense)
    {
        using (kernel.Method(method with { Summary = SingleSummary(dense) }))
            DenseSingle(dense);
    }

    /// <summary>The multiply-adds of all tiles; in unrolled code each of them is a statement.</summary>
    private int Products(DenseShape dense) => dense.Rows * RegisterTile.SeparateGroups(dense.Columns, kernel.Width).Sum(group =>
        group.Vectors * RegisterTile.ForSamples(group.Vectors, RegisterTile.PartialSums(dense.Rows, dense.Columns), kernel.Width).Sum());

    private string SingleSummary(DenseShape dense) =>
        Invariant($"{dense.Summary.Split('\n')[0]} One sample: {KernelWriter.Count(DenseTiling.PanelsTogether(dense.Columns, kernel.Width), "panel")} side by side.");

    /// <summary>The name of the kernel of one sample.</summary>
    public static string SingleName(string name) => name + "Single";

    /// <summary>The parameters of the kernel of one sample, each with the argument that the kernel of several samples passes: one list for signature and call.</summary>
    private static IEnumerable<(string Name, string Argument)> SingleReferences(DenseShape dense) =>
    [
        ("x", "ref source"),
        ("w", "ref w"),
        .. dense.Bias ? [("bias", "ref bias")] : Array.Empty<(string, string)>(),
        ("y", "ref target"),
        .. dense.Operands.Select(operand => (operand.Name, KernelWriter.At(operand.Name, KernelWriter.Index(("sample", operand.SampleStride))))),
    ];

    /// <summary>Emits the loop over the samples that are left after the tiles, one by one.</summary>
    private void RemainingSamples(DenseShape dense)
    {
        _code.Gap();
        using (_code.Open("for (nint sample = tiled; sample < samples; sample++)"))
        {
            _code.Together(
                $"ref float source = ref Unsafe.Add(ref x, {dense.InputIndex});",
                $"ref float target = ref Unsafe.Add(ref y, {dense.OutputIndex});");
            string arguments = string.Join(", ", SingleReferences(dense).Select(reference => reference.Argument));
            _code.Statement($"{SingleName(dense.Name)}({arguments}{(dense.IsShared ? Invariant($", 0, {RegisterTile.Panels(dense.Columns)}") : "")});");
            if (dense.Epilogue.Mask is not { } mask)
                return;
            _code.Line(Invariant($"ulong key = DropoutMask.Key(seed, step, Mask.{dense.Name}, firstSample + (int)sample);"));
            kernel.Vectors(dense.Columns, "n", lanes =>
            {
                _code.Line("ref float unit = ref Unsafe.Add(ref target, n);");
                kernel.Store(dense.Epilogue.ApplyMask(KernelWriter.Load("unit"), "n"), "unit", 0, lanes);
            });
        }
    }

    /// <summary>Declares the offsets of the tile's samples from its first one, so that they stay in registers.</summary>
    private void Multiples(int samples)
    {
        if (samples > 2)
            _code.Rows(Enumerable.Range(2, samples - 2).Select(m => new[] { Invariant($"x{m} = {m} * xStride") }), "nint ", ", ", ";");
    }

    private void DenseGroup(DenseShape dense, ColumnGroup group, bool severalPanels, bool alone)
    {
        int partialSums = RegisterTile.PartialSums(dense.Rows, dense.Columns);
        int[] tiles = severalPanels ? DenseTiling.SmallTiles(dense.ShardSize, kernel.Width)
            : RegisterTile.ForSamples(group.Vectors, partialSums, kernel.Width);
        int largeFrom = severalPanels ? DenseTiling.LargeFrom(dense.ShardSize, dense.Adds, kernel.Width) : int.MaxValue;
        int large = largeFrom == int.MaxValue ? tiles[0] : DenseTiling.LargeTile(group.Vectors, kernel.Width);
        _code.Gap();
        _code.Line($"// Columns from {Invariant($"{group.FirstColumn}")}: a tile is {KernelWriter.Count(large, "sample")} by {KernelWriter.Count(group.Vectors, "vector")}.");
        using (kernel.Columns(group, dense.Rows, "w", alone))
        {
            if (dense.Bias)
                _tile.Biases(group);
            if (largeFrom < int.MaxValue)
            {
                using (_code.Open(Invariant($"for (nint tile = 0; samples >= {largeFrom} && tile < samples; tile += {large})")))
                {
                    _code.Line(Invariant($"nint sample = Math.Min(tile, samples - {large});"));
                    DenseTile(dense, group, large, partialSums);
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
            if (tiles.Length > 1)
                _code.Line("nint sample = 0;");
            foreach (int tile in tiles)
            {
                string start = tiles.Length > 1 ? "" : "nint sample = 0";
                string last = tile == tiles.Last() ? $"sample < {end}" : Invariant($"sample <= {end} - {tile}");
                using (_code.Open($"for ({start}; {last}; {KernelWriter.Next("sample", tile)})"))
                    DenseTile(dense, group, tile, partialSums);
            }
        }
    }

    private void DenseTile(DenseShape dense, ColumnGroup group, int samples, int partialSums)
    {
        TilePosition[] positions = [.. Enumerable.Range(0, samples).Select(dense.InputOf)];
        _code.Line($"ref float source = {KernelWriter.At("x", dense.InputIndex)};");
        _tile.Accumulators(samples, group.Vectors, partialSums, dense.Bias);
        _tile.Sum(positions, group, 1, 0, [TermRun.Of(dense.Rows, [.. Enumerable.Range(0, samples)])], partialSums, _isUnrolled ? dense.Rows : partialSums);
        _code.Together(
        [
            $"ref float target = {KernelWriter.At("y", dense.OutputIndex + " + n")};",
            .. dense.Operands.Select(operand =>
                $"ref float {operand.Name}Target = {KernelWriter.At(operand.Name, KernelWriter.Index(("sample", operand.SampleStride), ("n", 1)))};"),
        ]);
        _code.Rows(Enumerable.Range(0, samples).Select(m => Enumerable.Range(0, group.Vectors).Select(v => Stored(dense, group, m, v)).ToArray()));
        if (dense.Epilogue.ChangesStored)
            FinishSamples(dense, group, samples);
    }

    private string Stored(DenseShape dense, ColumnGroup group, int m, int v)
    {
        int lane = v * kernel.Lanes;
        FunctionPlace place = OperandAccess.Place(dense.Operands, operand => KernelWriter.Load(operand.Name + "Target", (m * operand.SampleStride) + lane));
        string value = dense.Epilogue.ApplyInTile(Invariant($"a{m}_{v}"), place);
        return kernel.Stored(value, "target", dense.OutputOf(m).At(lane), kernel.LanesOf(group, v), dense.Adds);
    }

    /// <summary>Applies long functions and dropout to a stored tile; see <see cref="ConvolutionKernels"/>.</summary>
    private void FinishSamples(DenseShape dense, ColumnGroup group, int body)
    {
        using (kernel.Loop("m", body, 1))
        {
            _code.Together(
            [
                .. dense.Epilogue.Mask is null ? Array.Empty<string>()
                    : [Invariant($"ulong key = DropoutMask.Key(seed, step, Mask.{dense.Name}, firstSample + (int)(sample + m));")],
                $"ref float row = ref Unsafe.Add(ref target, m * {dense.OutputStrideText});",
            ]);
            _tile.Finish(dense.Epilogue, group, "row", "n");
        }
    }

    /// <summary>Emits the code for one sample. It computes several panels at a time: with one alone, each multiply-add would wait for the one before it.</summary>
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
        (string Sum, int Panel, int Lane)[][] panels =
        [
            .. widths.Select((width, i) => Enumerable.Range(0, (width + kernel.Lanes - 1) / kernel.Lanes)
                .Select(v => (Invariant($"a{i}_{v}"), i, v * kernel.Lanes)).ToArray()),
        ];
        _code.Together(
        [
            $"nint n = {KernelWriter.Index((panel, RegisterTile.PanelWidth))};",
            .. widths.Select((_, i) => $"ref float w{Invariant($"{i}")} = {KernelWriter.At("w", KernelWriter.Index((panel, panelLength), ("", i * panelLength)))};"),
        ]);
        _code.Rows(OfEach(vector => $"{vector.Sum} = {Start(vector.Panel, vector.Lane)}"), "Floats ", ", ", ";");
        using (_code.Open(Invariant($"for (nint k = 0; k < {dense.Rows}; k++)")))
        {
            _code.Line("Floats value = Simd.Broadcast(ref x, k);");
            _code.Rows(OfEach(vector =>
                $"{vector.Sum} = {KernelWriter.MultiplyAdd("value", KernelWriter.Load(Invariant($"w{vector.Panel}"), vector.Lane), vector.Sum)};"));
            kernel.Advance([.. widths.Select((width, i) => (Invariant($"w{i}"), width))]);
        }

        _code.Line("ref float target = ref Unsafe.Add(ref y, n);");
        _code.Rows(OfEach(vector => Stored(vector.Sum, vector.Panel, vector.Lane)));
        if (dense.Epilogue.HasLong)
            kernel.ChangeStored("target", widths.Sum(), dense.Epilogue.ApplyLong);

        IEnumerable<string[]> OfEach(Func<(string Sum, int Panel, int Lane), string> text) => panels.Select(vectors => vectors.Select(text).ToArray());

        string Start(int i, int lane) => dense.Bias
            ? KernelWriter.Load("bias", KernelWriter.Index(("n", 1), ("", (i * RegisterTile.PanelWidth) + lane)))
            : "Simd.Zero";

        string Stored(string sum, int i, int lane)
        {
            int offset = (i * RegisterTile.PanelWidth) + lane;
            FunctionPlace place = OperandAccess.Place(dense.Operands, operand => KernelWriter.Load(operand.Name, KernelWriter.Index(("n", 1), ("", offset))));
            return kernel.Stored(dense.Epilogue.ApplyInTile(sum, place), "target", offset, Math.Min(kernel.Lanes, widths[i] - lane), dense.Adds);
        }
    }
}
