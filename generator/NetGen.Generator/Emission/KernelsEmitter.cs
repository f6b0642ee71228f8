using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>The files with kernels: one class for inference and one for training at each vector width.</summary>
internal static class KernelsEmitter
{
    public static string Write(NetworkPlan plan, PassKernels kernels, VectorWidth width) => SourceFile.WriteOwn(
        plan.Model,
        OwnTypes.OfKernels(width.Bits),
        code =>
        {
            KernelWriter writer = new(code, width);
            code.Line(Invariant($"/// <summary>{kernels.Pass} for processors with vectors of {width.Bits} bits: {width.Lanes} floats.</summary>"));
            code.Line(SourceFile.Hidden);
            using (code.Open(Invariant($"internal static class {kernels.Pass}Kernels{width.Bits}")))
            {
                foreach (Kernel kernel in kernels.All)
                    kernel.Write(writer);
            }
        },
        nullable: false);
}
