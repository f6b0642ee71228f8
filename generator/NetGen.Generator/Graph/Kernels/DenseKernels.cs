using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>Emits dense layers with one panel of columns, and those of unrolled networks: forward, and the gradient with respect to the input.</summary>
internal sealed class DenseKernels(KernelWriter kernel)
{
    private readonly CodeWriter _code = kernel.Code;
    private readonly ProductTile _tile = new(kernel);
    private bool _isUnrolled;

    /// <summary>A dense layer for any number of samples.</summary>
    public void Write(Kernel method, DenseShape dense)
    {
        using (kernel.Method(method))
        {
            _isUnrolled = dense.IsUnrolled && Unrolled.IsWorth(dense.Columns, Products(dense));
            ColumnGroup[] groups = [.. _isUnrolled ? RegisterTile.SeparateGroups(dense.Columns, kernel.Width) : RegisterTile.Groups(dense.Columns, kernel.Width)];
            if (dense.TakesStrides)
                Multiples(groups.Max(group => RegisterTile.ForSamples(group.Vectors, RegisterTile.PartialSums(dense.Rows, dense.Columns), kernel.Width)[0]));
            foreach (ColumnGroup group in groups)
                DenseGroup(dense, group, alone: groups.Length == 1);
        }
    }

    /// <summary>The multiply-adds of all tiles; in unrolled code each of them is a statement.</summary>
    private int Products(DenseShape dense) => dense.Rows * RegisterTile.SeparateGroups(dense.Columns, kernel.Width).Sum(group =>
        group.Vectors * RegisterTile.ForSamples(group.Vectors, RegisterTile.PartialSums(dense.Rows, dense.Columns), kernel.Width).Sum());

    /// <summary>Declares the offsets of the tile's samples from its first one, so that they stay in registers.</summary>
    private void Multiples(int samples)
    {
        if (samples > 2)
            _code.Rows(Enumerable.Range(2, samples - 2).Select(m => new[] { Invariant($"x{m} = {m} * xStride") }), "nint ", ", ", ";");
    }

    private void DenseGroup(DenseShape dense, ColumnGroup group, bool alone)
    {
        int partialSums = RegisterTile.PartialSums(dense.Rows, dense.Columns);
        int[] tiles = RegisterTile.ForSamples(group.Vectors, partialSums, kernel.Width);
        _code.Gap();
        _code.Line($"// Columns from {Invariant($"{group.FirstColumn}")}: a tile is {KernelWriter.Count(tiles[0], "sample")} by {KernelWriter.Count(group.Vectors, "vector")}.");
        using (kernel.Columns(group, dense.Rows, "w", alone))
        {
            if (dense.Bias)
                _tile.Biases(group);
            if (tiles.Length > 1)
                _code.Line("nint sample = 0;");
            foreach (int tile in tiles)
            {
                string start = tiles.Length > 1 ? "" : "nint sample = 0";
                string last = tile == tiles.Last() ? "sample < samples" : Invariant($"sample <= samples - {tile}");
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
}
