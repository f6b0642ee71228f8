using NetGen.Generator.Lowering;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>
/// The class through which the passes call kernels: it picks the widest vectors that the processor has. The conditions are
/// constants to the JIT, so nothing of the choice is left in the machine code.
/// </summary>
internal static class Dispatch
{
    public static void Write(CodeWriter code, string pass, IEnumerable<KernelSignature> kernels)
    {
        code.Gap();
        code.Line("/// <summary>Calls the kernels for the widest vectors that this processor has; the JIT knows which.</summary>");
        code.Line(SourceFile.Hidden);
        using (code.Open($"internal static class {pass}Kernels"))
        {
            foreach (KernelSignature kernel in kernels)
            {
                code.Gap();
                code.Line("[@MethodImpl(MethodImplOptions.AggressiveInlining)]");
                using (code.Open($"internal static void {kernel.Name}({kernel.Parameters})"))
                {
                    string keyword = "if";
                    foreach (VectorWidth width in VectorWidth.All)
                    {
                        bool last = width == VectorWidth.All[VectorWidth.All.Length - 1];
                        code.Line(last ? "else" : Invariant($"{keyword} (Vector{width.Bits}.IsHardwareAccelerated)"));
                        code.Line(Invariant($"    {pass}Kernels{width.Bits}.{kernel.Name}({kernel.Arguments});"));
                        keyword = "else if";
                    }
                }
            }
        }
    }
}

/// <summary>A kernel that the passes call.</summary>
/// <param name="Name">The method.</param>
/// <param name="Parameters">Its parameters with their types.</param>
internal sealed record KernelSignature(string Name, string Parameters)
{
    /// <summary>The parameters passed on.</summary>
    public string Arguments => string.Join(", ", Parameters.Split([", "], StringSplitOptions.None).Select(parameter =>
    {
        string name = parameter.Substring(parameter.LastIndexOf(' ') + 1);
        return parameter.StartsWith("ref ", StringComparison.Ordinal) ? "ref " + name : name;
    }));
}
