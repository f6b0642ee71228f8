using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Text;

namespace NetGen.Generator.Emission;

/// <summary>The calls of the kernels of a pass.</summary>
internal sealed class KernelCalls(PassKernels kernels, KernelTable table)
{
    /// <summary>Writes a call.</summary>
    /// <param name="code">Where it goes.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="argument">The argument for each operand.</param>
    public void Write(CodeWriter code, Kernel kernel, Func<Operand, string> argument) =>
        code.Statement($"{table.MethodOf(kernels, kernel)}({string.Join(", ", kernel.Parameters.Select(parameter => argument(parameter.Operand)))});");
}
