using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Emits the products of dense layers for several samples and one group of columns. Lengths and strides are parameters, so all layers of a network share these
/// methods. The samples are cut into as few tiles as registers allow, whose sizes differ by at most one: no number of samples leaves a small rest, for which all
/// weights would be read again. The JIT compiles only the sizes that are used.
/// </summary>
/// <remarks>
/// Where the network has large weights (<see cref="SharedMethods.ReadsAhead"/>), the methods prefetch those of the next panel. They then have more parameters: these weights begin at <c>next</c>,
/// <see cref="ProductLoop.LinesTogether"/> of their cache lines lie together, and <c>nextStride</c> is the number of floats from the first of them to the next ones. A row of a full panel
/// has two cache lines, and each row of a tile prefetches one, number <c>line</c>, if it is before <c>end</c>: every other tile begins with the second half. Methods whose tiles are too small
/// for that (<see cref="DenseTiling.ReadsAhead"/>) do not have these parameters.
/// </remarks>
/// <param name="kernel">Writes the methods.</param>
internal sealed class DenseTiles(KernelWriter kernel)
{
    private const string Parameters = "ref float x, nint xStride, nint rows, ref float weights, ref float start, nint startStride, ref float y, nint yStride";

    private const string NextParameters = ", ref float next, nint nextStride";
    private const string LineParameters = ", nint line, nint end";

    /// <summary>The method that computes a group of columns of two samples or more; it is written once for the network.</summary>
    public string MethodOf(ColumnGroup group)
    {
        string columns = ColumnsOf(group);
        string name = "Dense" + columns;
        kernel.Shared.Add(name, writer => new DenseTiles(writer).WriteSamples(name, group, columns));
        return SharedMethods.Type + "." + name;
    }

    /// <summary>Whether the method of a group of columns takes the next weights: tiles of a few samples do not prefetch them.</summary>
    public bool ReadsAhead(ColumnGroup group) => Prefetches(DenseTiling.LargestTile(group.Vectors, kernel.Width));

    private string ColumnsOf(ColumnGroup group)
    {
        int columns = ((group.Vectors - 1) * kernel.Lanes) + group.LastLanes;
        return columns == group.PanelWidth ? Invariant($"Columns{columns}") : Invariant($"Columns{columns}Of{group.PanelWidth}");
    }

    private void WriteSamples(string name, ColumnGroup group, string columns)
    {
        CodeWriter code = kernel.Code;
        int most = DenseTiling.LargestTile(group.Vectors, kernel.Width);
        string summary = Invariant($"Dense layers: {Words(group)} of all samples, in tiles of up to {most} samples whose sizes differ by at most one.");
        bool ahead = ReadsAhead(group);
        if (ahead)
            summary += Invariant($"\nA tile prefetches half of the weights of the next panel; {ProductLoop.LinesTogether} of their cache lines lie together.");
        using (kernel.SharedMethod(summary, name, Parameters + (ahead ? NextParameters : "") + ", nint samples"))
        {
            code.Line(Invariant($"nint tiles = (samples + {most - 1}) / {most};"));
            code.Line("nint sample = 0;");
            if (ahead)
            {
                code.Comment("A single tile prefetches nothing: it hardly takes longer than its own weights.");
                code.Line("nint end = tiles == 1 ? 0 : 2 * rows;");
            }

            using (code.Open("for (; tiles > 0; tiles--)"))
            {
                code.Line("nint size = (samples - sample) / tiles;");
                code.Together(
                    "ref float source = ref Unsafe.Add(ref x, sample * xStride);",
                    "ref float first = ref Unsafe.Add(ref start, sample * startStride);",
                    "ref float target = ref Unsafe.Add(ref y, sample * yStride);");
                if (ahead)
                    code.Line("nint line = (tiles & 1) == 0 ? rows : 0;");
                using (code.Open("switch (size)"))
                {
                    for (int size = 2; size <= most; size++)
                    {
                        code.Line(size < most ? Invariant($"case {size}:") : "default:");
                        using (code.Indent())
                        {
                            string next = Prefetches(size) ? ", ref next, nextStride, line, end" : "";
                            code.Statement(Invariant($"DenseTile{size}{columns}(ref source, xStride, rows, ref weights, ref first, startStride, ref target, yStride{next});"));
                            code.Line("break;");
                        }
                    }
                }

                code.Line("sample += size;");
            }
        }

        for (int size = 2; size <= most; size++)
        {
            string parameters = Parameters + (Prefetches(size) ? NextParameters + LineParameters : "");
            using (kernel.SharedMethod(Invariant($"Dense layers: {Words(group)} of {KernelWriter.Count(size, "sample")}."), Invariant($"DenseTile{size}{columns}"), parameters))
                WriteTile(group, size);
        }
    }

    /// <summary>Whether a tile of so many samples prefetches weights of the next panel.</summary>
    private bool Prefetches(int samples) => kernel.Shared.ReadsAhead && DenseTiling.ReadsAhead(samples, kernel.Width);

    private static string Words(ColumnGroup group) => group.Vectors == 1 ? "1 vector of columns" : Invariant($"{group.Vectors} vectors of columns");

    private void WriteTile(ColumnGroup group, int samples)
    {
        CodeWriter code = kernel.Code;

        // The offsets of the samples stay in registers.
        if (samples > 2)
            code.Rows(Enumerable.Range(2, samples - 2).Select(m => new[] { Invariant($"x{m} = {m} * xStride") }), "nint ", ", ", ";");
        code.Rows(
            Enumerable.Range(0, samples).Select(m => Enumerable.Range(0, group.Vectors)
                .Select(v => Invariant($"a{m}_{v} = Simd.Load(ref start, {KernelWriter.Index(("startStride", m), ("", v * kernel.Lanes))})")).ToArray()),
            "Floats ", ", ", ";");
        new ProductTile(kernel).Rows([.. Enumerable.Range(0, samples).Select(m => m < 2 ? new TilePosition(0, "xStride", m) : new TilePosition(0, Invariant($"x{m}"), 1))], group, Prefetches(samples));
        code.Rows(Enumerable.Range(0, samples).Select(m => Enumerable.Range(0, group.Vectors).Select(v => kernel.Stored(
            Invariant($"a{m}_{v}"), "y", KernelWriter.Index(("yStride", m), ("", v * kernel.Lanes)), kernel.LanesOf(group, v))).ToArray()));
    }
}
