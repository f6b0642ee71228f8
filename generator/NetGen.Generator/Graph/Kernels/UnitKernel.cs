using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Text;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>The largest output of each unit so far, of the samples of a shard.</summary>
/// <param name="Operation">The operation whose outputs they are.</param>
internal sealed record LargestOutputsOf(Operation Operation) : Operand;

/// <summary>Notes the largest output of each unit, from the values that the forward kernel has just stored.</summary>
internal static class UnitKernel
{
    /// <summary>How many positions of a row go into one maximum, so that the chain of maxima that wait for one another is a quarter as long.</summary>
    private const int Together = 4;

    /// <summary>The kernel of an operation; null if its units are not tracked.</summary>
    public static Kernel? Of(Operation operation, TrainingMemory memory) => operation.TrackedLayer is null ? null : new(
        operation.Name + "Units",
        $"{operation.TrackedLayer}: the largest output of each of {operation.Output.Shape.Channels} units, over the samples.",
        [
            KernelParameter.Floats("y", new ValuesOf(operation.Output, operation.Output.Layout.Origin)),
            KernelParameter.Floats("units", new LargestOutputsOf(operation)),
            .. operation.TakesAllSamples ? [KernelParameter.Number("samples", new SampleCount())] : Array.Empty<KernelParameter>(),
        ],
        (writer, kernel) => Write(writer, kernel, operation, memory));

    private static void Write(KernelWriter writer, Kernel kernel, Operation operation, TrainingMemory memory)
    {
        CodeWriter code = writer.Code;
        BufferLayout layout = operation.Output.Layout;
        int whole = layout.Shape.Width / Together * Together;
        using (writer.Method(kernel))
        {
            writer.Vectors(layout.Shape.Channels, "n", alone: true, body: lanes =>
            {
                code.Line("Floats largest = Simd.Load(ref units, n);");
                using (operation.TakesAllSamples ? code.Open("for (nint sample = 0; sample < samples; sample++)") : default)
                using (writer.Loop("row", layout.Shape.Height, 1))
                {
                    string sample = operation.TakesAllSamples ? "sample" : "0";
                    code.Line($"ref float line = ref Unsafe.Add(ref y, {KernelWriter.Index((sample, memory.ActivationsLength), ("row", layout.RowStride), ("n", 1))});");
                    if (whole > 0)
                    {
                        using (writer.Loop("column", whole, Together))
                            code.Line($"largest = Simd.Max(largest, Simd.Max4({string.Join(", ", Enumerable.Range(0, Together).Select(Value))}));");
                    }

                    if (whole < layout.Shape.Width)
                    {
                        using (writer.Loop("column", whole, layout.Shape.Width, 1))
                            code.Line($"largest = Simd.Max(largest, {Value(0)});");
                    }
                }

                writer.Store("largest", "units", "n", lanes);
            });
        }

        string Value(int position) => KernelWriter.Load("line", KernelWriter.Index(("column", layout.PixelStride), ("", position * layout.PixelStride)));
    }
}
