using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>
/// The class through which the passes call kernels: it picks the widest vectors that the processor has. The conditions are
/// constants to the JIT, so nothing of the choice is left in the machine code.
/// </summary>
internal static class Dispatch
{
    public static void Write(CodeWriter code, PassKernels kernels)
    {
        code.Gap();
        code.Line("/// <summary>Calls the kernels for the widest vectors that this processor has; the JIT knows which.</summary>");
        code.Line(SourceFile.Hidden);
        using (code.Open($"internal static class {kernels.Pass}Kernels"))
        {
            foreach (Kernel kernel in kernels.All)
            {
                code.Gap();
                code.Line("[@MethodImpl(MethodImplOptions.AggressiveInlining)]");
                using (code.Open($"internal static void {kernel.Name}({kernel.Signature})"))
                {
                    string keyword = "if";
                    foreach (VectorWidth width in VectorWidth.All)
                    {
                        bool last = width == VectorWidth.All[VectorWidth.All.Length - 1];
                        code.Line(last ? "else" : Invariant($"{keyword} (Vector{width.Bits}.IsHardwareAccelerated)"));
                        code.Line(Invariant($"    {kernels.Pass}Kernels{width.Bits}.{kernel.Name}({kernel.Forwarded});"));
                        keyword = "else if";
                    }
                }
            }
        }
    }
}
