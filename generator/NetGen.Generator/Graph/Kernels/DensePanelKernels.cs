using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Emits dense layers with more than one panel of columns: forward, and the gradient with respect to the input. The products of several samples are computed by
/// <see cref="DenseTiles"/>, methods that all such layers share; those of one sample by a method of the layer.
/// </summary>
internal sealed class DensePanelKernels(KernelWriter kernel)
{
    /// <summary>Floats of a block of 32 rows and 32 columns of weights, which lie together.</summary>
    private const int BlockFloats = ProductLoop.LinesTogether * ProductLoop.LineFloats;

    private readonly CodeWriter _code = kernel.Code;

    /// <summary>A dense layer for any number of samples.</summary>
    public void Write(Kernel method, DenseShape dense)
    {
        using (kernel.Method(method))
        {
            using (_code.Open("if (samples == 1)"))
                OneSample(dense);
            foreach (ColumnGroup group in RegisterTile.Groups(dense.Columns, kernel.Width))
            {
                _code.Gap();
                if (dense.IsShared)
                {
                    PartOf(dense, group);
                    continue;
                }

                using (kernel.Columns(group, dense.Rows, "w", alone: false))
                    SeveralSamples(dense, group);
            }
        }

        string summary = Invariant(
            $"{dense.Summary.Split('\n')[0]} One sample: {KernelWriter.Count(DenseTiling.PanelsTogether(dense.Columns, kernel.Width), "panel")} side by side.");
        string parameters = string.Join(", ", SingleReferences(dense).Select(reference => "ref float " + reference));
        using (kernel.PrivateMethod(summary, SingleName(dense), parameters + (dense.IsShared ? ", nint panelBegin, nint panelEnd" : "")))
            DenseSingle(dense);
    }

    /// <summary>
    /// The gradient with respect to the inputs of one panel: a dense layer with the transposed weights. <c>DenseShape.Rows</c> are the layer's units,
    /// <c>DenseShape.Columns</c> its inputs.
    /// </summary>
    public void WriteTransposed(Kernel method, DenseShape dense)
    {
        string sizes = Invariant($"ref w, {dense.Columns}, {dense.Rows}");
        using (kernel.Method(method))
        {
            using (_code.Open(Invariant($"if (samples < {DenseTiling.LeastTransposed})")))
            {
                _code.Statement(Invariant(
                    $"DenseGradients.InputPanel(ref x, {dense.InputStride}, {sizes}, (int)panel, ref y, {dense.OutputStride}, (int)samples, adds: {(dense.Adds ? "true" : "false")});"));
                _code.Line("return;");
            }

            _code.Gap();
            _code.Statement($"WeightPacking.TransposePanel({sizes}, ref transposed, (int)panel);");
            ColumnGroup[] groups = [.. RegisterTile.Groups(dense.Columns, kernel.Width)];
            foreach (ColumnGroup group in groups)
            {
                bool full = group.PanelWidth == RegisterTile.PanelWidth;
                using (dense.Columns <= RegisterTile.PanelWidth || dense.Columns % RegisterTile.PanelWidth == 0 ? default
                    : _code.Open(Invariant($"if (panel {(full ? "<" : "==")} {(full ? group.PanelCount : group.FirstPanel)})")))
                using (kernel.Loop(
                    "lane", group.FirstLane, group.FirstLane + (group.Repeats * group.Lanes(kernel.Width)), group.Lanes(kernel.Width), alone: groups.Length == 1))
                {
                    _code.Line($"ref float target = {KernelWriter.At("y", KernelWriter.Index(("panel", RegisterTile.PanelWidth), ("lane", 1)))};");
                    (string start, string stride) = dense.Adds ? ("ref target", Invariant($"{dense.OutputStride}")) : ("ref NoBias.Zeros", "0");

                    // The next panel of the transpose comes from blocks of 32 × 32 weights, one from each full panel of the weights.
                    string next = Invariant($"ref Unsafe.Add(ref w, {BlockFloats} * (panel + 1))");
                    Tiles(dense, group, KernelWriter.At("transposed", "lane"), start, stride, "ref target", next, RegisterTile.PanelWidth * dense.Columns);
                }
            }
        }
    }

    private static string SingleName(DenseShape dense) => dense.Name + "Single";

    /// <summary>The parameters of the kernel of one sample, which are those of the kernel of several: one list for signature and call.</summary>
    private static IEnumerable<string> SingleReferences(DenseShape dense) =>
        ["x", "w", .. dense.Bias ? ["bias"] : Array.Empty<string>(), "y", .. dense.Operands.Select(operand => operand.Name)];

    private void OneSample(DenseShape dense)
    {
        string arguments = string.Join(", ", SingleReferences(dense).Select(reference => "ref " + reference));
        _code.Statement($"{SingleName(dense)}({arguments}{(dense.IsShared ? ", panelBegin, panelEnd" : "")});");
        if (dense.Epilogue.Mask is { } mask)
        {
            _code.Line(Invariant($"ulong key = DropoutMask.Key(seed, step, Mask.{dense.Name}, firstSample);"));
            MaskOneSample(dense);
        }

        _code.Line("return;");
    }

    private void MaskOneSample(DenseShape dense)
    {
        if (!dense.IsShared)
        {
            kernel.ChangeStored("y", dense.Columns, Masked);
            return;
        }

        int whole = dense.Columns / kernel.Lanes * kernel.Lanes;
        using (_code.Open(Invariant(
            $"for (nint lane = {RegisterTile.PanelWidth} * panelBegin; lane < Math.Min({RegisterTile.PanelWidth} * panelEnd, {whole}); lane += {kernel.Lanes})")))
            kernel.Store(Masked(KernelWriter.Load("y", "lane")), "y", "lane", kernel.Lanes);
        if (whole == dense.Columns)
            return;
        using (_code.Open(Invariant($"if (panelEnd == {RegisterTile.Panels(dense.Columns)})")))
        {
            _code.Line(Invariant($"const int lane = {whole};"));
            kernel.Store(Masked(Invariant($"Simd.LoadLanes(ref y, lane, {dense.Columns - whole})")), "y", "lane", dense.Columns - whole);
        }

        string Masked(string value) => dense.Epilogue.ApplyMask(value, "lane");
    }

    /// <summary>Writes the panels of one thread's part.</summary>
    private void PartOf(DenseShape dense, ColumnGroup group)
    {
        int full = dense.Columns / RegisterTile.PanelWidth;
        if (group.FirstPanel > 0)
        {
            using (_code.Open(Invariant($"if (panelEnd > {full})")))
            {
                using (kernel.Columns(group, dense.Rows, "w", alone: true))
                    SeveralSamples(dense, group);
            }

            return;
        }

        string end = dense.Columns % RegisterTile.PanelWidth == 0 ? "panelEnd" : Invariant($"Math.Min(panelEnd, {full})");
        using (_code.Open(Invariant($"for (nint n = {RegisterTile.PanelWidth} * panelBegin; n < {RegisterTile.PanelWidth} * {end}; n += {group.Lanes(kernel.Width)})")))
        {
            _code.Line($"ref float weights = {KernelWriter.At("w", kernel.WeightsOf(group, dense.Rows))};");
            SeveralSamples(dense, group);
        }
    }

    private void SeveralSamples(DenseShape dense, ColumnGroup group)
    {
        // Sums begin with the bias, or with the stored values to which they are added.
        (string start, string stride) = dense.Adds ? (KernelWriter.At("y", "n"), Invariant($"{dense.OutputStride}"))
            : dense.Bias ? (KernelWriter.At("bias", "n"), "0")
            : ("ref NoBias.Zeros", "0");
        string next = Invariant($"ref Unsafe.Add(ref weights, {dense.Rows * group.PanelWidth})");
        Tiles(dense, group, "ref weights", start, stride, KernelWriter.At("y", "n"), next, BlockFloats);
        if (dense.Epilogue.Functions.Count == 0)
            return;
        using (_code.Open("for (nint sample = 0; sample < samples; sample++)"))
        {
            if (dense.Epilogue.Mask is not null)
                _code.Line(Invariant($"ulong key = DropoutMask.Key(seed, step, Mask.{dense.Name}, firstSample + (int)sample);"));
            _code.Together(
            [
                $"ref float row = {KernelWriter.At("y", dense.OutputIndex + " + n")};",
                .. dense.Operands.Select(operand =>
                    $"ref float {operand.Name}Row = {KernelWriter.At(operand.Name, KernelWriter.Index(("sample", operand.SampleStride), ("n", 1)))};"),
            ]);
            FunctionPlace place = OperandAccess.Place(dense.Operands, operand => KernelWriter.Load(operand.Name + "Row", "lane"));
            kernel.ChangeStored("row", ((group.Vectors - 1) * kernel.Lanes) + group.LastLanes, value => dense.Epilogue.ApplyAll(value, place, "n + lane"));
        }
    }

    /// <summary>
    /// Calls the method that computes a group of columns of all samples. The weights of the next panel begin at <paramref name="next"/>, and <paramref name="nextStride"/> is the number of
    /// floats from a block of them to the next block.
    /// </summary>
    private void Tiles(DenseShape dense, ColumnGroup group, string weights, string start, string startStride, string target, string next, int nextStride)
    {
        DenseTiles tiles = new(kernel);
        string method = tiles.MethodOf(group);
        string ahead = "";
        if (tiles.ReadsAhead(group))
        {
            _code.Line($"ref float next = {next};");
            ahead = Invariant($"ref next, {nextStride}, ");
        }

        _code.Statement(Invariant(
            $"{method}(ref x, {dense.InputStride}, {dense.Rows}, {weights}, {start}, {startStride}, {target}, {dense.OutputStride}, {ahead}samples);"));
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
