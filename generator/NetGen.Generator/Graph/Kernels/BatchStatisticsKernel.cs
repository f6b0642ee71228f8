using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Mean and sum of squared deviations of each channel over some samples, in two passes. The first computes a mean; the second sums the deviations
/// from it, and their squares. Without rounding errors the deviations would sum to 0; what they do sum to corrects both results (Chan et al. 1983).
/// </summary>
internal static class BatchStatisticsKernel
{
    /// <summary>How many neighbouring positions of a row have sums of their own, so that no addition waits for the one before it.</summary>
    private const int Strands = 4;

    /// <summary>Writes the kernel.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="kernel">The kernel, with <c>x</c>, <c>samples</c>, and the results <c>means</c> and <c>squares</c>.</param>
    /// <param name="from">How one sample lies in memory.</param>
    /// <param name="sampleStride">Floats from one sample to the next one.</param>
    public static void Write(KernelWriter writer, Kernel kernel, BufferLayout from, int sampleStride)
    {
        CodeWriter code = writer.Code;
        using (writer.Method(kernel))
        {
            code.Line(Invariant($"Floats count = Simd.Splat({from.Shape.Height * from.Shape.Width} * samples);"));
            writer.Vectors(from.Shape.Channels, "n", lanes =>
            {
                code.Line("Floats mean = Simd.Zero;");
                Pass(writer, from, sampleStride, ["sum"], static (value, strand) => [Invariant($"sum{strand} += {value};")], static sum => $"mean += {sum};");
                code.Line("mean /= count;");
                code.Line("Floats rest = Simd.Zero;");
                code.Line("Floats square = Simd.Zero;");
                Pass(
                    writer, from, sampleStride, ["sum", "product"],
                    static (value, strand) =>
                    [
                        Invariant($"Floats deviation{strand} = {value} - mean;"),
                        Invariant($"sum{strand} += deviation{strand};"),
                        Invariant($"product{strand} = {KernelWriter.MultiplyAdd(Invariant($"deviation{strand}"), Invariant($"deviation{strand}"), Invariant($"product{strand}"))};"),
                    ],
                    static sum => $"rest += {sum};",
                    static product => $"square += {product};");
                code.Line("ref float meanTarget = ref Unsafe.Add(ref means, n);");
                writer.Store("mean + (rest / count)", "meanTarget", 0, lanes);
                code.Line("ref float squareTarget = ref Unsafe.Add(ref squares, n);");
                writer.Store("square - (rest * rest / count)", "squareTarget", 0, lanes);
            });
        }
    }

    /// <summary>Goes through all values of a vector of channels. Each row is summed on its own first, which keeps rounding errors small.</summary>
    private static void Pass(
        KernelWriter writer, BufferLayout from, int sampleStride, string[] sums, Func<string, int, string[]> term, params Func<string, string>[] total)
    {
        CodeWriter code = writer.Code;
        int strands = Math.Min(Strands, from.Shape.Width);
        int whole = from.Shape.Width / strands * strands;
        using (code.Open("for (nint sample = 0; sample < samples; sample++)"))
        using (writer.Loop("row", from.Shape.Height, 1))
        {
            code.Line($"ref float line = ref Unsafe.Add(ref x, {KernelWriter.Index(("sample", sampleStride), ("row", from.RowStride), ("n", 1))});");
            foreach (string sum in sums)
            {
                for (int strand = 0; strand < strands; strand++)
                    code.Line(Invariant($"Floats {sum}{strand} = Simd.Zero;"));
            }

            using (writer.Loop("column", whole, strands))
                Terms(strands);
            if (whole < from.Shape.Width)
            {
                using (code.Open())
                {
                    code.Line(Invariant($"const int column = {whole};"));
                    Terms(from.Shape.Width - whole);
                }
            }

            for (int i = 0; i < sums.Length; i++)
                code.Line(total[i](strands == 1 ? sums[i] + "0" : "(" + string.Join(" + ", Enumerable.Range(0, strands).Select(strand => Invariant($"{sums[i]}{strand}"))) + ")"));
        }

        void Terms(int count)
        {
            for (int strand = 0; strand < count; strand++)
            {
                string value = KernelWriter.Load("line", KernelWriter.Index(("column", from.PixelStride), ("", strand * from.PixelStride)));
                foreach (string line in term(value, strand))
                    code.Line(line);
            }
        }
    }
}
