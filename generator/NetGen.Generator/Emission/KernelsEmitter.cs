using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Emission;

/// <summary>Emits the kernels: an interface that lists them, and a type with all of them for each vector width.</summary>
internal static class KernelsEmitter
{
    /// <summary>The widths as a conditional expression, widest first; the conditions are constants to the JIT, so the machine code contains no test.</summary>
    /// <param name="choice">The expression for a type of kernels.</param>
    public static IEnumerable<string> Choose(Func<string, string> choice)
    {
        for (int i = 0; i < VectorWidth.All.Length; i++)
        {
            string made = choice(TypeOf(VectorWidth.All[i]));
            string condition = i == VectorWidth.All.Length - 1 ? "" : Invariant($"Vector{VectorWidth.All[i].Bits}.IsHardwareAccelerated ? ");
            yield return (i == 0 ? "" : ": ") + condition + made;
        }
    }

    /// <summary>The widths as branches; see <see cref="Choose"/>.</summary>
    /// <param name="statement">The statement for a type of kernels.</param>
    public static IEnumerable<string> Branches(Func<string, string> statement)
    {
        for (int i = 0; i < VectorWidth.All.Length; i++)
        {
            string condition = i == VectorWidth.All.Length - 1 ? "" : Invariant($"if (Vector{VectorWidth.All[i].Bits}.IsHardwareAccelerated)");
            yield return i == 0 ? condition : $"else {condition}".TrimEnd();
            yield return "    " + statement(TypeOf(VectorWidth.All[i]));
        }
    }

    /// <summary>Writes the list of kernels, and the numbers that their masks are drawn with.</summary>
    public static void WriteList(CodeWriter code, NetworkPlan plan, KernelTable table)
    {
        code.Gap();
        code.Line("/// <summary>The kernels: a type with all of them for each vector width. The JIT knows the type, so the passes call them directly.</summary>");
        code.Line(SourceFile.Hidden);
        using (code.Open("internal interface IKernels"))
        {
            foreach (WrittenKernel kernel in table.Kernels)
                code.Statement($"static abstract void {kernel.Name}({kernel.Kernel.Signature});");
        }

        Operation[] masks = [.. plan.Training.Operations.Where(operation => operation.Epilogue.Mask is not null)];
        if (masks.Length == 0)
            return;
        code.Gap();
        code.Line("/// <summary>The positions of dropout layers in the network, which with seed, step and sample decide what they drop.</summary>");
        code.Line(SourceFile.Hidden);
        using (code.Open("internal static class Mask"))
        {
            foreach (Operation operation in masks)
            {
                int layer = operation.Epilogue.Mask!.Layer;
                code.Line(Invariant($"internal const int {operation.Name} = {layer}; // {plan.Model.Layers[layer].Name}"));
            }
        }
    }

    /// <summary>The file with the kernels of one vector width.</summary>
    public static CodeWriter Write(NetworkPlan plan, KernelTable table, int width)
    {
        VectorWidth vectors = VectorWidth.All[width];
        return SourceFile.WriteOwn(
            plan.Model,
            code =>
            {
                code.Line(Invariant($"/// <summary>The kernels for processors with vectors of {vectors.Bits} bits: {vectors.Lanes} floats.</summary>"));
                code.Line(SourceFile.Hidden);
                using (code.Open($"internal readonly struct {TypeOf(vectors)} : IKernels"))
                {
                    foreach (WrittenKernel kernel in table.Kernels)
                    {
                        code.Gap();
                        foreach (string other in kernel.AlsoFor)
                            code.Line("// " + other);
                        code.Append(kernel.Texts[width]);
                    }

                    WriteShared(code, table.SharedTexts(width));
                }
            },
            vectors.Bits);
    }

    private static void WriteShared(CodeWriter code, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
            return;
        code.Gap();
        code.Line("/// <summary>What several kernels call.</summary>");
        using (code.Open($"private static class {SharedMethods.Type}"))
        {
            foreach (string text in texts)
            {
                code.Gap();
                code.Append(text);
            }
        }
    }

    private static string TypeOf(VectorWidth width) => Invariant($"Kernels{width.Bits}");
}
